/** However badly a cluster is hurt, a request ends one way or the other. */
export const answerTimeoutMs = 15_000;

export function inTime(): AbortSignal {
  return AbortSignal.timeout(answerTimeoutMs);
}
