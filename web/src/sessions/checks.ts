import type { Refused } from '@confab/client';
import { limits } from '@confab/protocol/limits';
import { fieldOf, type Problems } from '../app/use-submit.ts';
import { refusalText, type Words } from '../language/index.ts';

/** The same as the server asks for, said before it is asked. */
export function emailProblem(email: string, { sessions }: Words): string | undefined {
  return /^[^\s@<>"]+@[^\s@<>"]+$/.test(email.trim()) ? undefined : sessions.problems.email;
}

export function passwordProblem(password: string, { sessions }: Words): string | undefined {
  return password.length >= limits.passwordCharsMin
    ? undefined
    : sessions.problems.shortPassword(limits.passwordCharsMin);
}

export function missing(text: string, sentence: string): string | undefined {
  return text.trim() === '' ? sentence : undefined;
}

/** Leaves out what is fine. */
export function problemsOf<Field extends string>(all: Record<Field, string | undefined>): Problems<Field> {
  return Object.fromEntries(Object.entries(all).filter(([, text]) => text !== undefined)) as Problems<Field>;
}

/** What is refused for a field is shown there; for the rest, undefined. `taken`: what is said of a value that somebody has. */
export function atField<Field extends string>(
  refused: Refused,
  { words, taken }: { words: Words; taken: Readonly<Record<Field, string>> },
): Problems<Field> | undefined {
  const field = fieldOf(refused);
  if (field === null || !Object.hasOwn(taken, field)) return undefined;
  const text = refused.code === 'taken' ? taken[field as Field] : refusalText(words, refused);
  return { [field]: text } as Problems<Field>;
}
