import { Readable } from 'node:stream';
import { systemClock } from '../clock/index.ts';
import { readBody } from './bounded-body.ts';
import { createRequest, isRedirect } from './follow.ts';
import { createGuard } from './guard.ts';
import type { Outbound, OutboundRequest } from './index.ts';

/** What a made-up outside is asked, and says; what it throws is what the asking throws. */
export type Outside = (
  asked: Pick<OutboundRequest, 'method' | 'headers' | 'body'> & { readonly url: string },
) => { status?: number; headers?: Record<string, string>; body?: Uint8Array | string };

/** An outside in this process, under the same rules, for tests. */
export function createMemoryOutbound(outside: Outside, allow: readonly string[] = []): Outbound {
  const guard = createGuard(allow);
  return {
    request: createRequest({ guard, clock: systemClock }, async (step) => {
      const { method, url, body, headers: said } = step;
      const asked = { method, headers: said, url: url.href, ...(body === null ? {} : { body }) };
      const { status = 200, headers: written = {}, body: answer = '' } = outside(asked);
      const headers = Object.fromEntries(
        Object.entries(written).map(([name, value]) => [name.toLowerCase(), value]),
      );
      const bytes = isRedirect(status) ? new Uint8Array() : Buffer.from(answer);
      const packed = Readable.from([bytes], { objectMode: false });
      return { status, headers, body: await readBody(packed, headers['content-encoding'], step) };
    }),
    close: () => Promise.resolve(),
  };
}
