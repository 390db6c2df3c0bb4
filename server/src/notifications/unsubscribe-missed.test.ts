import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createMissedWorld } from '../../../tests/support/missed-world.ts';
import { findPreferences } from '../users/index.ts';

const hourMs = 60 * 60_000;
const world = await createMissedWorld();
const { send, database, ann, bob, eve, talk, presences, calls, after, decideAll, prefer, silent } = world;
beforeEach(world.beginAnew);
afterAll(world.close);

describe('the link that ends it', () => {
  const linkIn = (raw: string): string => /chat\.example\.org\/unsubscribe\/([\w.-]+)\n/.exec(raw)?.[1] ?? '';
  const end = (token: string) => calls['missedMail.unsubscribe'](eve, { token });

  it('stands in the letter and its headers, and works without signing in, again and again', async () => {
    await send(ann, talk, 'hello');
    const [letter] = await after(2 * hourMs);
    const token = linkIn(letter?.raw ?? '');
    expect(letter?.header('list-unsubscribe')).toBe(`<https://chat.example.org/unsubscribe/${token}>`);
    expect(letter?.header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    await send(ann, talk, 'on its way');
    await decideAll();
    await end(token);
    await end(token);
    expect(await findPreferences(database, bob.userId)).toMatchObject({ missedMail: 'never' });
    expect(await findPreferences(database, eve.userId)).toMatchObject({ missedMail: 'hour' });
    expect(await after(2 * hourMs)).toEqual([]);
    expect(await calls['missedMail.look'](bob, {})).toEqual({
      isSent: true,
      withContent: true,
      address: 'bob@example.org',
    });
  });

  it('is nobody else’s to make', async () => {
    await send(ann, talk, 'hello');
    const [letter] = await after(2 * hourMs);
    const token = linkIn(letter?.raw ?? '');
    const [, mark = ''] = token.split('.');
    const forged = [
      `${eve.userId}.${mark}`,
      `${bob.userId}.`,
      `${bob.userId}.${mark}.x`,
      `.${mark}`,
      bob.userId,
      token.slice(0, -2),
      '.',
      `${bob.userId}.${'A'.repeat(22)}`,
    ];
    for (const text of forged) await expect(end(text)).rejects.toMatchObject({ code: 'gone' });
    expect(await findPreferences(database, bob.userId)).toMatchObject({ missedMail: 'hour' });
  });
});

describe('a test', () => {
  it('is one letter with one of each kind, at once and also while active', async () => {
    presences[bob.userId] = 'online';
    expect(await calls['push.test'](bob, {})).toEqual({ count: 0, byMail: true });
    const [letter, ...more] = await after(0);
    expect(more).toEqual([]);
    expect(letter?.header('subject')).toBe('A test from Acme');
    for (const words of ['A direct message', 'A mention of you', 'A reminder'])
      expect(letter?.raw).toContain(words);
    await expect(calls['push.test'](bob, {})).rejects.toMatchObject({ code: 'too_many' });
    await prefer(eve, { missedMail: 'never' });
    expect(await calls['push.test'](eve, {})).toEqual({ count: 0, byMail: false });
  });

  it('is refused where there is neither push nor mail', async () => {
    const { handlers: none } = silent('off');
    await expect(none['push.test'](bob, {})).rejects.toMatchObject({ code: 'turned_off' });
    expect(await none['missedMail.look'](bob, {})).toMatchObject({ isSent: false });
  });
});
