import { Refused } from '@confab/client';
import { errors } from '@confab/protocol/errors';
import { isEnvelope } from './http.ts';

/** Sends a piece of a file. Rejects with `Refused`: the server's own, or `unavailable` when it did not arrive. */
export type SendBytes = (
  path: string,
  piece: Blob,
  options: { readonly onProgress: (bytes: number) => void; readonly signal: AbortSignal },
) => Promise<{ readonly offset: number }>;

/** Two minutes for two megabytes: slower lines are as good as none. */
const timeoutMs = 120_000;

const unavailable = (): Refused =>
  new Refused({ code: 'unavailable', message: errors.unavailable.text, data: {} });

/** By the older interface of browsers: only that one tells how far it came. */
export const sendBytes: SendBytes = (path, piece, { onProgress, signal }) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = (): void => reject(unavailable());
    request.open('PATCH', path);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.timeout = timeoutMs;
    request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded));
    for (const kind of ['error', 'timeout', 'abort']) request.addEventListener(kind, fail);
    request.addEventListener('load', () => {
      const answer = parsed(request.responseText);
      if (request.status < 300 && isOffset(answer)) resolve(answer);
      else reject(isEnvelope(answer) ? new Refused(answer) : unavailable());
    });
    if (signal.aborted) return fail();
    signal.addEventListener('abort', () => request.abort(), { once: true });
    return request.send(piece);
  });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isOffset(answer: unknown): answer is { offset: number } {
  return (
    typeof answer === 'object' && answer !== null && 'offset' in answer && Number.isSafeInteger(answer.offset)
  );
}
