import type { StreamEvent } from './event.ts';
import type { Frame } from './frame.ts';
import type { StreamRef } from './stream.ts';

/** Whoever reads streams live: a connection. */
export interface Subscriber {
  readonly userId: string;
  send(frame: Frame): void;
  /** Its queue is over the limit: it must catch up by its number once the queue has emptied. */
  readonly full: boolean;
  /** Resolves when the queue has emptied, or the subscriber has gone. */
  drained(): Promise<void>;
  isMember(roomId: string): boolean;
}

/** One subscriber's reading of one stream. */
export interface Subscription {
  readonly subscriber: Subscriber;
  readonly stream: StreamRef;
  /** The last number it was sent, while it is not among the live readers of a feed. */
  position: number;
  /** The stream's head when the right to read was checked; losses of access up to it are past. */
  readonly authorisedAt: number;
  active: boolean;
  /** Sees the events of each frame before it is sent. */
  onEvents?(events: readonly StreamEvent[]): void;
  /** It has caught up and is live. Called again after each time it fell behind. */
  onLive?(head: number): void;
  /** It ended by itself: access lost, or too far behind to be served event by event. */
  onEnd(reason: 'access_lost' | 'resync', head: number): void;
}
