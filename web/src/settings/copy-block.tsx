import { useEffect, useState } from 'preact/hooks';
import { Check, Copy } from 'lucide';
import { useApp } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { after, copyText } from '../platform/index.ts';
import { Button } from '../ui/button.tsx';
import './copy-block.css';

const thanksMs = 2_500;

/** Several lines to be taken away, such as an example. */
export function CopyBlock({ label, text }: { label: string; text: string }) {
  const { ui } = useApp();
  const words = useWords().settings.copy;
  const [isCopied, setCopied] = useState(false);
  useEffect(() => (isCopied ? after(thanksMs, () => setCopied(false)) : undefined), [isCopied]);
  async function copy(): Promise<void> {
    const done = await copyText(text);
    setCopied(done);
    if (done) ui.announcer.say(words.said(label));
    else ui.toasts.show({ text: words.notAllowed });
  }
  return (
    <figure class="copy-block">
      <figcaption>
        <span class="ui-field__label">{label}</span>
        <Button
          variant="quiet"
          size="s"
          icon={isCopied ? Check : Copy}
          onClick={() => void copy()}
          aria-label={isCopied ? words.copiedWhat(label) : words.copyWhat(label)}
        >
          {isCopied ? words.copied : words.copy}
        </Button>
      </figcaption>
      <pre>{text}</pre>
    </figure>
  );
}
