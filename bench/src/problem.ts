/** What a person can mend: one sentence that says what is wrong and what to do. Anything else that is thrown is a bug. */
export class BenchProblem extends Error {
  override readonly name = 'BenchProblem';
}
