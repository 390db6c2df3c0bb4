import type { Presence, User } from '@confab/protocol';
import { limits } from '@confab/protocol/limits';
import { placeOf, type State } from './state.ts';

export function setUser(state: State, user: User): void {
  state.userChangeCount += 1;
  state.userChanges.set(user.id, state.userChangeCount);
  putUser(state, user);
}

function putUser(state: State, user: User): void {
  state.users.set(user.id, user);
  state.wanted.users.delete(user.id);
  state.touch('users');
  state.touch(`user:${user.id}`);
}

/**
 * People as an answer has them. `askedAt` is `userChangeCount` when the question was sent: whoever changed since then
 * is newer here.
 */
export function meetUsers(state: State, users: readonly User[], askedAt: number): void {
  for (const user of users) {
    if ((state.userChanges.get(user.id) ?? 0) > askedAt) continue;
    if (!isSame(state.users.get(user.id), user)) putUser(state, user);
  }
}

/** Most people on a page are known already; comparing them saves everybody who shows them. */
function isSame(one: User | undefined, other: User): boolean {
  return one !== undefined && JSON.stringify(one) === JSON.stringify(other);
}

export function wantUsers(state: State, userIds: Iterable<string>): void {
  for (const id of userIds) if (!state.users.has(id)) state.wanted.users.add(id);
}

export function setPresences(state: State, presences: Readonly<Record<string, Presence>>): void {
  for (const [userId, presence] of Object.entries(presences)) {
    if (state.presence.get(userId) === presence) continue;
    state.presence.set(userId, presence);
    state.touch(`presence:${userId}`);
  }
}

interface Typist {
  readonly roomId: string;
  readonly threadId: string | null;
  readonly userId: string;
}

export function startTyping(state: State, { roomId, threadId, userId }: Typist, now: number): void {
  if (userId === state.me?.userId) return;
  const place = placeOf(roomId, threadId);
  const typists = state.typing.get(place) ?? new Map<string, number>();
  state.typing.set(place, typists);
  typists.set(userId, now + limits.typingShownMs);
  wantUsers(state, [userId]);
  state.touch(`typing:${roomId}`);
}

/** Their message has come. */
export function stopTyping(state: State, { roomId, threadId, userId }: Typist): void {
  const place = placeOf(roomId, threadId);
  const typists = state.typing.get(place);
  if (!typists?.delete(userId)) return;
  if (typists.size === 0) state.typing.delete(place);
  state.touch(`typing:${roomId}`);
}

/** @returns when the next one expires, or null when nobody writes. */
export function expireTyping(state: State, now: number): number | null {
  let next: number | null = null;
  for (const [place, typists] of state.typing) {
    for (const [userId, until] of typists) {
      if (until > now) {
        next = Math.min(next ?? until, until);
        continue;
      }
      typists.delete(userId);
      state.touch(`typing:${place.split('/')[0] ?? place}`);
    }
    if (typists.size === 0) state.typing.delete(place);
  }
  return next;
}
