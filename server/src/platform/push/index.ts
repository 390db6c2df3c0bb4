/**
 * Web Push: hands one encrypted notification to the push service of a browser (RFC 8030, 8291 and 8292).
 * Promises one request per call, no other way out than the guarded one, and an answer in our words, never a throw for what
 * the service or the network does.
 */
export interface PushKeys {
  /** Base64url of an uncompressed point of P-256, and of its scalar. */
  readonly publicKey: string;
  readonly privateKey: string;
}

export interface PushTarget {
  readonly endpoint: string;
  /** Base64url of the browser's point of P-256 and of its 16 secret bytes. */
  readonly publicKey: string;
  readonly secret: string;
}

export interface PushMessage {
  /** Of the same topic the service keeps one for a browser that is away: what is tried again does not arrive twice. */
  readonly topic: string;
  readonly text: string;
  /** How long the service keeps it for a browser that is away. */
  readonly ttlSeconds: number;
}

export type PushAnswer =
  | { readonly kind: 'sent' }
  /** The browser takes none any more. */
  | { readonly kind: 'gone' }
  /** Trying again can help, not sooner than `afterMs`. */
  | { readonly kind: 'later'; readonly reason: string; readonly afterMs: number }
  | { readonly kind: 'refused'; readonly reason: string };

export interface Push {
  makeKeys(): Promise<PushKeys>;
  /** What is wrong with it, for people; null when it can be used. */
  complaintAbout(target: PushTarget): Promise<string | null>;
  send(
    to: PushTarget,
    message: PushMessage,
    as: PushKeys & { readonly contact: string },
  ): Promise<PushAnswer>;
}

export { createWebPush } from './web-push.ts';
