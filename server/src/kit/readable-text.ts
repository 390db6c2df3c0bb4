import { Refusal } from './refusal.ts';

/**
 * Text of several lines: messages, drafts, descriptions. Control characters other than tab and line feed, lone surrogates
 * and NUL (which Postgres cannot store) are refused rather than dropped: what was acknowledged is exactly what was sent.
 * @throws Refusal invalid
 */
export function refuseUnreadable(text: string, path: string): void {
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text.replaceAll('\r\n', '\n')) || !text.isWellFormed()) {
    throw new Refusal('invalid', { path, expected: 'text without control characters' });
  }
}
