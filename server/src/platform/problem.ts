/**
 * Something outside the program that an operator must mend before it can run: a setting, a folder, a port, another
 * process. The message is one sentence that says what is wrong and what to do; it is shown without a stack.
 */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
  }
}

/** The `code` of a Node system error (`ENOENT`, `EACCES` …), or null. */
export function systemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
