import { useState } from 'preact/hooks';
import type { FileInfo } from '@confab/protocol';
import { useWords } from '../language/index.ts';
import { CodeBlock } from '../markdown/code-block.tsx';
import { Button } from '../ui/button.tsx';
import { endingOf, filePath } from './file-facts.ts';

const shownBytesMax = 4_000;
const shownLinesMax = 40;

/** The beginning of a text, on demand: coloured where its ending names a language. */
export function TextPreview({ file }: { file: FileInfo }) {
  const words = useWords().files;
  const [text, setText] = useState<string | null>(null);
  const [isBroken, setIsBroken] = useState(false);
  const [isOpen, setIsOpen] = useState(false);

  async function show(): Promise<void> {
    setIsOpen(!isOpen);
    if (text !== null || isOpen) return;
    try {
      const range = `bytes=0-${shownBytesMax - 1}`;
      const response = await fetch(filePath(file), file.size > shownBytesMax ? { headers: { range } } : {});
      if (!response.ok) throw new Error('It was refused.');
      setText((await response.text()).slice(0, shownBytesMax).split('\n').slice(0, shownLinesMax).join('\n'));
    } catch {
      setIsBroken(true);
    }
  }

  return (
    <div class="text-preview">
      <Button size="s" variant="quiet" aria-expanded={isOpen} onClick={() => void show()}>
        {isOpen ? words.preview.hide : words.preview.show}
      </Button>
      {isOpen && isBroken && <p role="alert">{words.notShown}</p>}
      {isOpen && text !== null && <CodeBlock code={text} language={endingOf(file.name).toLowerCase()} />}
      {isOpen && text !== null && text.length < file.size && (
        <p class="file-card__note">{words.preview.cut}</p>
      )}
    </div>
  );
}
