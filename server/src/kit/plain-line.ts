import { Refusal } from './refusal.ts';

/**
 * Control characters and line separators (a line is one line, and Postgres cannot store NUL), and the characters that
 * turn the direction of the text after them, with which a name can pose as another (Unicode TR 36, 3.2).
 * The marks that right-to-left writing needs (U+200E, U+200F, U+061C) turn nothing and stay.
 */
// oxlint-disable-next-line no-control-regex
const unfit = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;
/** Takes up no room on a screen, joiners and variation selectors among it. */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{White_Space}\u2800]/gu;

/**
 * A line of text as it is stored: names, titles, topics, statuses.
 * @param options.path of the field in the input, such as `/name`
 * @param options.mayBeEmpty false when something must be seen of it
 * @returns `text` without white space at its ends
 * @throws Refusal invalid
 */
export function plainLine(text: string, options: { path: string; mayBeEmpty?: boolean }): string {
  const { path, mayBeEmpty = false } = options;
  const line = text.trim();
  if (unfit.test(line) || !line.isWellFormed()) {
    throw new Refusal('invalid', {
      path,
      expected: 'one line without control characters or direction overrides',
    });
  }
  if (line.replace(invisible, '') !== '') return line;
  if (!mayBeEmpty) throw new Refusal('invalid', { path, expected: 'text that can be seen' });
  return '';
}
