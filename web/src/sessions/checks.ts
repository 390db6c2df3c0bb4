import type { Refused } from '@confab/client';
import { limits } from '@confab/protocol/limits';
import { fieldOf, type Problems } from '../app/use-submit.ts';

/** The same as the server asks for, said before it is asked. */
export function emailProblem(email: string): string | undefined {
  return /^[^\s@<>"]+@[^\s@<>"]+$/.test(email.trim())
    ? undefined
    : 'Enter an email address, like ada@example.org.';
}

export function passwordProblem(password: string): string | undefined {
  return password.length >= limits.passwordCharsMin
    ? undefined
    : `Use at least ${limits.passwordCharsMin} characters.`;
}

export function missing(text: string, sentence: string): string | undefined {
  return text.trim() === '' ? sentence : undefined;
}

/** Leaves out what is fine. */
export function problemsOf<Field extends string>(all: Record<Field, string | undefined>): Problems<Field> {
  return Object.fromEntries(Object.entries(all).filter(([, text]) => text !== undefined)) as Problems<Field>;
}

/** What is refused for a field is shown there; for the rest, undefined. */
export function atField<Field extends string>(
  refused: Refused,
  fields: Readonly<Record<Field, string>>,
): Problems<Field> | undefined {
  const field = fieldOf(refused);
  if (field === null || !Object.hasOwn(fields, field)) return undefined;
  const text = refused.code === 'taken' ? fields[field as Field] : refused.message;
  return { [field]: text } as Problems<Field>;
}
