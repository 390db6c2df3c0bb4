/**
 * Node-to-node hints. The bus may lose, delay, repeat or reorder anything: whoever listens checks sequence
 * numbers and reads the log. Publishing never throws and never waits.
 */
export interface Bus {
  publish(topic: string, message: string): void;
  /** Also receives what this node published. Returns the way to stop. */
  subscribe(topic: string, listener: (message: string) => void): () => void;
  close(): Promise<void>;
}

export { createMemoryBus, createMemoryWire, type MemoryWire } from './memory.ts';
export { createPostgresBus, type PostgresBusOptions } from './postgres.ts';
