import type { StreamKind } from '@confab/protocol';

/** A stream and its owner: a stream has the id of the room, person or workspace it belongs to. */
export interface StreamRef<Kind extends StreamKind = StreamKind> {
  readonly kind: Kind;
  readonly id: string;
}

/** The workspace's stream; a database holds one workspace. */
export const workspaceStream: StreamRef<'workspace'> = { kind: 'workspace', id: '1' };

export const roomStream = (id: string): StreamRef<'room'> => ({ kind: 'room', id });
export const userStream = (id: string): StreamRef<'user'> => ({ kind: 'user', id });

/** As on the wire: `workspace`, `user:12`, `room:34`. */
export function streamName(stream: StreamRef): string {
  return stream.kind === 'workspace' ? 'workspace' : `${stream.kind}:${stream.id}`;
}

/** The opposite of streamName; the text must fit its schema. */
export function parseStreamName(name: string): StreamRef {
  if (name === 'workspace') return workspaceStream;
  const [kind, id] = name.split(':');
  return { kind: kind === 'user' ? 'user' : 'room', id: id ?? '' };
}

const lockRank = { room: 0, user: 1, workspace: 2 } as const;

/** The one order in which streams are locked, so that writers never wait for each other in a circle. */
export function inLockOrder(streams: readonly StreamRef[]): StreamRef[] {
  const unique = new Map(streams.map((stream) => [stream.id, stream]));
  return [...unique.values()].sort(byLockOrder);
}

export function comesAfter(stream: StreamRef, other: StreamRef): boolean {
  return byLockOrder(stream, other) > 0;
}

function byLockOrder(a: StreamRef, b: StreamRef): number {
  const rank = lockRank[a.kind] - lockRank[b.kind];
  if (rank !== 0) return rank;
  return a.id.length - b.id.length || (a.id < b.id ? -1 : 1);
}
