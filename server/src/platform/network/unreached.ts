import { systemCode } from '../problem.ts';

/** What was asked did not answer; the message says why, so that it goes on after a name and a colon. */
export class Unreached extends Error {
  override readonly name = 'Unreached';
}

export function unreached(error: unknown): Unreached {
  if (error instanceof Unreached) return error;
  const said = error instanceof Error ? error.message : String(error);
  return new Unreached(systemCode(error) ?? said, { cause: error });
}
