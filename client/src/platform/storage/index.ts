/**
 * What outlives a client: its last state, messages not yet sent. Values are plain data by key and are copied on the
 * way in and out. Keys have the form `kind:name`. A failure rejects; nothing is kept of a write that failed.
 */
export interface Storage {
  /** Undefined when there is none. */
  read(key: string): Promise<unknown>;
  /** Entries whose keys start with `prefix`, in key order. */
  list(prefix: string): Promise<[key: string, value: unknown][]>;
  /** All or nothing; an undefined value removes its key. */
  write(changes: ReadonlyMap<string, unknown>): Promise<void>;
  /** Forgets everything. */
  clear(): Promise<void>;
  close(): void;
}
