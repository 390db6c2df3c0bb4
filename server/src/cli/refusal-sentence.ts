import type { ErrorEnvelope } from '@confab/protocol';

/** A refusal as one sentence for a terminal: its safe text, and what its data adds. */
export function refusalSentence({ message, data }: ErrorEnvelope): string {
  const details = Object.entries(data).map(([name, value]) => `${name} ${String(value)}`);
  const sentence = message.replace(/\.$/, '');
  return details.length === 0 ? `${sentence}.` : `${sentence} (${details.join(', ')}).`;
}
