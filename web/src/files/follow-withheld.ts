import type { App } from '../app/app-context.ts';
import { checkText } from './check-note.tsx';

/** Whoever uploaded what the virus scanner does not let through is told, wherever they are; the message says it, too. */
export function followWithheld({ client, uploads, ui, words }: App): () => void {
  return client.onEvent((event) => {
    if (event.name !== 'file.withheld') return;
    const { fileId, name, check, finding } = event.data;
    uploads.withhold(fileId, { check, ...(finding === undefined ? {} : { finding }) });
    const text = words.value.files.check.withheld(name, checkText(words.value, { check, finding }));
    ui.toasts.show({ text, tone: 'danger' });
  });
}
