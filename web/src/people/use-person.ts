import { useEffect } from 'preact/hooks';
import type { Presence, User } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';

/** A person, kept up to date. Undefined until they are known; then they are asked for, together with others. */
export function usePerson(userId: string): User | undefined {
  const { client, live } = useApp();
  live.follow(`user:${userId}`);
  const person = client.state.users.get(userId);
  useEffect(() => {
    if (!person) client.needUsers([userId]);
  }, [userId, person === undefined]);
  return person;
}

/** Follows how somebody is as long as the component is there. */
export function usePresence(userId: string): Presence {
  const { client, live, presence } = useApp();
  live.follow(`presence:${userId}`);
  useEffect(() => presence.want(userId), [userId]);
  return client.state.presence.get(userId) ?? 'offline';
}

/** Oneself; undefined only before the first state. */
export function useMe(): User | undefined {
  const { client } = useApp();
  const { me } = client.state;
  const { live } = useApp();
  live.follow('ready');
  live.follow(`user:${me?.userId ?? ''}`);
  return me ? client.state.users.get(me.userId) : undefined;
}
