import type { Words } from '../language/index.ts';

const lengthMax = 40;

/** A name to begin with, from that of a file: "Party Parrot (1).gif" → party_parrot_1 */
export function emojiNameOf(fileName: string): string {
  const [base = ''] = /^.*?(?=\.[^.]*$|$)/.exec(fileName) ?? [];
  const name = base
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^a-z0-9+-]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, lengthMax);
  return name.length < 2 ? '' : name;
}

/** What the server will not take, said before it is asked. */
export function emojiNameProblem(name: string, { admin }: Words): string | undefined {
  const { shortName, nameLetters } = admin.emoji.form;
  if (name.length < 2) return shortName;
  return /^[a-z0-9_+-]+$/.test(name) ? undefined : nameLetters;
}
