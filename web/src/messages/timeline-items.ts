/** What a timeline shows, row by row. Pure: messages in, rows out. */
import type { Message } from '@confab/protocol';
import type { Underway } from '@confab/client';

export type Sending = Extract<Underway, { name: 'message.send' }>;

interface Placed {
  /** Stays the same when a sent message comes back. */
  readonly key: string;
  /** As `dayKey` of the time. */
  readonly day: string;
  /** Goes on from the row above: same person, soon after. */
  readonly isGrouped: boolean;
  readonly isFirstUnread: boolean;
}

export type TimelineItem =
  | (Placed & { readonly kind: 'message'; readonly message: Message })
  | (Placed & { readonly kind: 'underway'; readonly underway: Sending });

export interface TimelineSource {
  readonly messages: readonly Message[];
  /** What is still on its way, in order. */
  readonly underway: readonly Sending[];
  readonly ownId: string;
  /** Ordinal at which the New line stands; null for none. */
  readonly newFrom: number | null;
  readonly dayKey: (at: number) => string;
  /** In a thread its own numbers count, and that a message is a reply is nothing special. */
  readonly isThread: boolean;
}

/** What follows within this time by the same person goes without another heading. */
const groupedMs = 5 * 60_000;

/** Rows equal to those of `before` are the same objects. */
export function timelineItems(source: TimelineSource, before: readonly TimelineItem[]): TimelineItem[] {
  const known = new Map(before.map((item) => [item.key, item]));
  const items: TimelineItem[] = [];
  let hasNewLine = false;
  for (const message of source.messages) {
    const ordinal = source.isThread ? message.threadOrdinal : message.ordinal;
    const isNew = source.newFrom !== null && ordinal !== null && ordinal >= source.newFrom;
    const isFirstUnread: boolean = isNew && !hasNewLine && message.authorId !== source.ownId;
    hasNewLine ||= isFirstUnread;
    const made = messageItem(source, { message, isFirstUnread, above: items.at(-1) });
    items.push(sameAs(known.get(made.key), made));
  }
  const arrived = new Set(items.map(({ key }) => key));
  for (const underway of source.underway) {
    if (arrived.has(underway.id)) continue;
    const made = underwayItem(source, { underway, above: items.at(-1) });
    items.push(sameAs(known.get(made.key), made));
  }
  return items;
}

/** One's own are named as they were while they were on their way. */
export function keyOfMessage(message: Message, ownId: string): string {
  return message.authorId === ownId ? message.clientId : message.id;
}

function messageItem(
  source: TimelineSource,
  {
    message,
    isFirstUnread,
    above,
  }: { message: Message; isFirstUnread: boolean; above: TimelineItem | undefined },
): TimelineItem {
  const day = source.dayKey(message.at);
  const isGrouped =
    !isFirstUnread &&
    message.quoteId === null &&
    (source.isThread || message.threadId === null) &&
    follows(above, { authorId: message.authorId, at: message.at, day, ownId: source.ownId });
  return {
    kind: 'message',
    key: keyOfMessage(message, source.ownId),
    day,
    isGrouped,
    isFirstUnread,
    message,
  };
}

function underwayItem(
  source: TimelineSource,
  { underway, above }: { underway: Sending; above: TimelineItem | undefined },
): TimelineItem {
  const day = source.dayKey(underway.madeAt);
  const isGrouped =
    !underway.input.quoteId &&
    follows(above, { authorId: source.ownId, at: underway.madeAt, day, ownId: source.ownId });
  return { kind: 'underway', key: underway.id, day, isGrouped, isFirstUnread: false, underway };
}

function follows(
  above: TimelineItem | undefined,
  next: { authorId: string; at: number; day: string; ownId: string },
): boolean {
  if (!above || above.day !== next.day) return false;
  const [authorId, at] =
    above.kind === 'message'
      ? [above.message.authorId, above.message.at]
      : [next.ownId, above.underway.madeAt];
  const isDeleted = above.kind === 'message' && above.message.deletedAt !== null;
  return !isDeleted && authorId === next.authorId && next.at - at < groupedMs;
}

function sameAs(known: TimelineItem | undefined, made: TimelineItem): TimelineItem {
  if (!known || known.kind !== made.kind) return made;
  const isSame =
    known.day === made.day &&
    known.isGrouped === made.isGrouped &&
    known.isFirstUnread === made.isFirstUnread &&
    (known.kind === 'message' && made.kind === 'message'
      ? known.message === made.message
      : known.kind === 'underway' && made.kind === 'underway' && known.underway === made.underway);
  return isSame ? known : made;
}
