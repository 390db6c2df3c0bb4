/** What an operator can mend: one sentence that says what is wrong and what to do. Anything else that is thrown is a bug. */
export class ClusterProblem extends Error {
  override readonly name = 'ClusterProblem';

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
  }
}
