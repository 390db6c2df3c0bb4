import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import type { Clock } from '../clock/index.ts';
import { createRequest } from './follow.ts';
import { createGuard } from './guard.ts';
import type { Outbound, OutboundSettings } from './index.ts';
import type { Lookup, UndiciSockets } from './undici-sockets.ts';

/** Over undici, by a forward proxy where one is set. `lookup` is the system's; tests have their own. */
export function createUndiciOutbound(
  deps: OutboundSettings & { readonly clock: Clock; readonly lookup?: Lookup },
): Outbound {
  const { allow, proxies, lookup = lookUp } = deps;
  const guard = createGuard(allow);
  let opened: Promise<UndiciSockets> | undefined;
  // Most houses ask nobody outside, and do without what undici takes.
  const open = async (): Promise<UndiciSockets> => {
    const { openUndiciSockets } = await import('./undici-sockets.ts');
    return openUndiciSockets({ guard, lookup, proxies });
  };
  return {
    request: createRequest({ ...deps, guard }, async (asked) => (await (opened ??= open())).send(asked)),
    close: async () => (await opened)?.close(),
  };
}

function lookUp(name: string): Promise<LookupAddress[]> {
  return new Promise((resolve, reject) => {
    systemLookup(name, { all: true }, (error, found) => (error === null ? resolve(found) : reject(error)));
  });
}
