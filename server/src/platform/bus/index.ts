/**
 * Node-to-node hints. The bus may lose, delay, repeat or reorder anything: whoever listens checks sequence
 * numbers and reads the log. Publishing never throws and never waits.
 */
export interface Bus {
  /** What carries the hints. */
  readonly kind: string;
  /** Whether other nodes can be told now, as far as this one knows. */
  isConnected(): boolean;
  /** True when it is known that no other node listens: then what only others want to hear need not be put into words. */
  isAlone?(): boolean;
  publish(topic: string, message: string): void;
  /** Also receives what this node published. Returns the way to stop. */
  subscribe(topic: string, listener: (message: string) => void): () => void;
  close(): Promise<void>;
}

export { createFallbackBus, type FallbackBusOptions } from './fallback.ts';
export { createMemoryBus, createMemoryWire, type MemoryWire } from './memory.ts';
export { createPostgresBus, type PostgresBusOptions } from './postgres.ts';
export { createRedisBus, type RedisBusOptions } from './redis.ts';
export { checkRedis } from './redis-client.ts';
