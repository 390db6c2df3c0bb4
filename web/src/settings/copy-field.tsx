import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Check, Copy } from 'lucide';
import { useApp } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { after, copyText } from '../platform/index.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { namesOfKeys } from '../ui/shortcuts.ts';
import './copy-field.css';

const thanksMs = 2_500;

type CopyFieldProps = {
  label: string;
  value: string;
  hint?: ComponentChildren;
  /** whether it takes the focus when it comes */
  autoFocus?: boolean;
};

/** Something to be taken away: a link, a secret. Where the browser does not allow copying it is left selected. */
export function CopyField({ label, value, hint, autoFocus = false }: CopyFieldProps) {
  const { ui } = useApp();
  const words = useWords();
  const { copy: said } = words.settings;
  const place = useRef<HTMLDivElement>(null);
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (autoFocus) place.current?.querySelector('input')?.focus();
  }, []);
  useEffect(() => (isCopied ? after(thanksMs, () => setCopied(false)) : undefined), [isCopied]);

  async function copy(): Promise<void> {
    const done = await copyText(value);
    setCopied(done);
    if (done) return ui.announcer.say(said.said(label));
    place.current?.querySelector('input')?.select();
    const keys = namesOfKeys('Mod+C', { apple: ui.device.apple, printed: words.ui.keys });
    ui.toasts.show({ text: said.selected(keys.join(ui.device.apple ? '' : '-')) });
  }

  return (
    <div class="copy-field" ref={place}>
      <TextField
        label={label}
        readOnly
        spellcheck={false}
        value={value}
        autoFocus={autoFocus}
        onFocus={(event) => event.currentTarget.select()}
        {...(hint === undefined ? {} : { hint })}
        after={
          <Button
            variant="quiet"
            size="s"
            icon={isCopied ? Check : Copy}
            onClick={() => void copy()}
            aria-label={isCopied ? said.copiedWhat(label) : said.copyWhat(label)}
          >
            {isCopied ? said.copied : said.copy}
          </Button>
        }
      />
    </div>
  );
}
