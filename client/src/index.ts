/**
 * The client without a face: connection, outbox, catch-up and state, for browsers, bots, load tests and simulation.
 * Promises that what was sent is kept until it is answered, and that its state is what a fresh snapshot would say.
 * Knows no page, no framework and no clock of its own; loads no schema.
 */
export { createClient, type Client, type ClientOptions } from './client.ts';
export type { Key } from './changes.ts';
export type { Sending } from './commands.ts';
export type { ConnectionState } from './connection.ts';
export type { Leadership, Platform, Socket, SocketListener, Sockets, Storage } from './platform/index.ts';
export { createMemoryStorage } from './platform/storage/memory.ts';
export { systemClock, systemRandom } from './platform/system.ts';
export { createWebSockets } from './platform/web-sockets.ts';
export { Refused } from './refused.ts';
export type { KnownEvent } from './state/reducers.ts';
export type { State } from './state/state.ts';
export type { Underway } from './state/underway.ts';
