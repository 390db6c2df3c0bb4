import { WebSocket } from 'ws';
import type { Sockets } from './index.ts';
import { createWebSockets } from './web-sockets.ts';

/** Sockets for Node 20, which has none of its own. */
export function createNodeSockets(): Sockets {
  return createWebSockets((url) => new WebSocket(url, { perMessageDeflate: false }));
}
