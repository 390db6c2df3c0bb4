/**
 * A virus scanner: looks at bytes before anybody gets them. Promises that an answer comes in bounded time or a Fault does,
 * that bytes are handed on as they come and never held, and one answer in our words. Refuses to know what bytes are of,
 * and what is done with those in which something was found.
 */
export type Verdict =
  | { readonly kind: 'clean' }
  /** What it calls that which it found; one line. */
  | { readonly kind: 'infected'; readonly finding: string }
  /** More bytes than it looks at. */
  | { readonly kind: 'too_large' };

export interface Scanner {
  /**
   * @param read gives the bytes from their beginning; it may be asked more than once
   * @throws Fault when it is away, breaks off or takes too long; whatever reading throws
   */
  scan(read: () => AsyncIterable<Uint8Array>): Promise<Verdict>;
  /** What it is, as it says itself. @throws Fault as above */
  greet(): Promise<string>;
}

export { clamdExpected, readClamdAddress, type ClamdAddress } from './clamd-address.ts';
export { createClamdScanner } from './clamd.ts';
export { createMemoryScanner } from './memory.ts';
