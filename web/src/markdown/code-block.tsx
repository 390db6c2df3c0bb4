import { useContext, useEffect, useState } from 'preact/hooks';
import { Check, Copy } from 'lucide';
import { useWords } from '../language/index.ts';
import { copyText } from '../platform/clipboard.ts';
import { after } from '../platform/timing.ts';
import { IconButton } from '../ui/button.tsx';
import { useUi } from '../ui/ui-context.ts';
import type { CodePiece } from './highlight.ts';
import type { Highlighter } from './highlighter.ts';
import { MarkdownContext } from './markdown-context.ts';
import './code-block.css';

/** Code as it was written, with colours when its language is known, and a button that copies it. */
export function CodeBlock({ code, language }: { code: string; language: string }) {
  const { highlighter } = useContext(MarkdownContext);
  const words = useWords().messages.markdown;
  const pieces = usePieces(highlighter, code, language);
  return (
    <div class="code" dir="ltr">
      <div class="code__head">
        {language !== '' && <span class="code__language">{language}</span>}
        <CopyButton code={code} />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long lines scroll, so the keyboard has to get there */}
      <pre tabIndex={0} role="group" aria-label={language === '' ? words.code : words.codeIn(language)}>
        <code>{pieces === undefined ? code : <Pieces pieces={pieces} />}</code>
      </pre>
    </div>
  );
}

function usePieces(
  highlighter: Highlighter | undefined,
  code: string,
  language: string,
): readonly CodePiece[] | undefined {
  const [read, setRead] = useState<{ code: string; pieces: readonly CodePiece[] } | null>(null);
  const known = highlighter?.known(code, language);
  useEffect(() => {
    if (highlighter === undefined || known !== undefined || language === '') return undefined;
    let gone = false;
    highlighter.read(code, language).then(
      (pieces) => gone || pieces === null || setRead({ code, pieces }),
      // without colours it is as readable
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [highlighter, code, language]);
  return known ?? (read?.code === code ? read.pieces : undefined);
}

function Pieces({ pieces }: { pieces: readonly CodePiece[] }) {
  return (
    <>
      {pieces.map((piece, index) =>
        typeof piece === 'string' ? (
          piece
        ) : (
          <span key={index} data-scope={colourOf(piece.scope)}>
            <Pieces pieces={piece.pieces} />
          </span>
        ),
      )}
    </>
  );
}

const colours: Readonly<Record<string, string>> = {
  addition: 'string',
  attr: 'name',
  attribute: 'name',
  built_in: 'type',
  bullet: 'keyword',
  code: 'string',
  comment: 'comment',
  deletion: 'number',
  doctag: 'comment',
  keyword: 'keyword',
  link: 'string',
  literal: 'number',
  meta: 'comment',
  name: 'keyword',
  number: 'number',
  operator: 'keyword',
  property: 'name',
  quote: 'comment',
  regexp: 'string',
  section: 'name',
  'selector-class': 'name',
  'selector-id': 'name',
  'selector-tag': 'keyword',
  string: 'string',
  symbol: 'number',
  tag: 'keyword',
  'template-variable': 'name',
  title: 'name',
  type: 'type',
  variable: 'type',
};

/** A handful of colours for the many scopes of highlight.js: `title.function` is a kind of `title`. */
function colourOf(scope: string): string | undefined {
  return colours[scope] ?? colours[scope.split('.')[0] ?? ''];
}

/** How long the tick stays. */
const copiedMs = 1_500;

function CopyButton({ code }: { code: string }) {
  const { announcer } = useUi();
  const words = useWords().messages;
  const [copied, setCopied] = useState(false);
  useEffect(() => (copied ? after(copiedMs, () => setCopied(false)) : undefined), [copied]);
  const copy = async (): Promise<void> => {
    const done = await copyText(code);
    setCopied(done);
    announcer.say(done ? words.done.codeCopied : words.done.copyRefused);
  };
  return (
    <IconButton
      size="s"
      class="code__copy"
      label={copied ? words.markdown.copied : words.markdown.copyCode}
      icon={copied ? Check : Copy}
      iconSize={15}
      onClick={() => void copy()}
    />
  );
}
