import { describe, expect, it } from 'vitest';
import { createPresenceState, type Word } from './state.ts';
import { formatSaying, parseSaying } from './wire.ts';

const word = (state: Word['state'], doNotDisturbUntil: number | null = null): Word => ({
  userId: '7',
  state,
  doNotDisturbUntil,
});
const from = (nodeId: string, count: number, heardAt = 0) => ({ nodeId, count, heardAt });

describe('presence', () => {
  it('is offline for who was never heard of', () => {
    expect(createPresenceState().of('7', 0)).toBe('offline');
  });

  it('of several nodes takes the liveliest', () => {
    const state = createPresenceState();
    state.hear([word('away')], from('a', 1));
    expect(state.of('7', 0)).toBe('away');
    state.hear([word('online')], from('b', 1));
    expect(state.of('7', 0)).toBe('online');
    state.hear([word('offline')], from('b', 2));
    expect(state.of('7', 0)).toBe('away');
  });

  it('of one node takes the latest, in whatever order it comes', () => {
    const state = createPresenceState();
    state.hear([word('offline')], from('a', 2));
    state.hear([word('online')], from('a', 1));
    expect(state.of('7', 0)).toBe('offline');
  });

  it('shows do-not-disturb while it lasts and they are here', () => {
    const state = createPresenceState();
    state.hear([word('away', 100)], from('a', 1));
    expect([state.of('7', 99), state.of('7', 100)]).toEqual(['dnd', 'away']);
    state.hear([word('offline', 100)], from('a', 2));
    expect(state.of('7', 0)).toBe('offline');
  });

  it('forgets what was not said again', () => {
    const state = createPresenceState();
    state.hear([word('online')], from('a', 1, 10));
    state.hear([word('away')], from('b', 1, 20));
    expect(state.expire(20)).toEqual(['7']);
    expect(state.of('7', 0)).toBe('away');
    state.expire(21);
    expect(state.size).toBe(0);
  });
});

describe('what nodes tell each other', () => {
  it('comes back as it was', () => {
    const saying = { nodeId: 'a', count: 3, words: [word('online', 5), word('away'), word('offline')] };
    expect(parseSaying(formatSaying(saying))).toEqual(saying);
  });

  it.each(['', 'x', '{}', '[]', '[1,2,3]', '["a",1,{}]', 'null'])('is nothing when it is %j', (message) => {
    expect(parseSaying(message)).toBeNull();
  });

  it('drops words that mean nothing', () => {
    const parsed = parseSaying(
      JSON.stringify(['a', 1, [['7', 9, null], [7, 1, null], [], ['8', 2, 'soon']]]),
    );
    expect(parsed?.words).toEqual([{ userId: '8', state: 'online', doNotDisturbUntil: null }]);
  });
});
