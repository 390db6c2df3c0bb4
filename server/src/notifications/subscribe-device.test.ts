import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { limits } from '@confab/protocol';
import { createPushBrowser } from '../../../tests/support/push-browser.ts';
import { createPushWorld } from '../../../tests/support/push-world.ts';
import { sql } from '../kit/sql.ts';
import { createNotifications, deliverDue } from './index.ts';

const world = await createPushWorld();
const {
  send,
  database,
  clock,
  ann,
  bob,
  eve,
  service,
  deps,
  presences,
  calls,
  decideAll,
  signedIn,
  deliver,
  ends,
  subscribed,
} = world;
beforeEach(world.beginAnew);
afterAll(world.close);

const kinds = (): string[] => service.arrived.map(({ payload }) => payload.kind);

describe('subscriptions', () => {
  it('are one for a browser, and follow to the newest session', async () => {
    const browser = await subscribed(bob);
    const input = { endpoint: browser.endpoint, keys: browser.keys, hidesContent: true };
    await calls['push.subscribe'](bob, input);
    expect((await calls['push.list'](bob, {})).devices).toMatchObject([
      { device: 'Firefox on Linux', isCurrent: true, hidesContent: true, last: null },
    ]);
    await calls['push.subscribe'](eve, input);
    expect((await calls['push.list'](bob, {})).devices).toEqual([]);
    const stranger = createPushBrowser(browser.endpoint);
    await expect(
      calls['push.subscribe'](ann, { endpoint: browser.endpoint, keys: stranger.keys }),
    ).rejects.toMatchObject({ code: 'taken' });
    expect((await calls['push.list'](eve, {})).devices).toHaveLength(1);
  });

  it('end with the session', async () => {
    const guest = await signedIn('guest');
    const room = await world.direct(ann, [guest]);
    await subscribed(guest);
    await send(ann, room, 'for you');
    await decideAll();
    await database.rows(sql`delete from sessions where id = ${guest.sessionId}`);
    await deliver();
    expect(service.arrived).toEqual([]);
    expect(await ends()).toMatchObject([{ outcome: 'needless', reason: 'the browser is signed out' }]);
  });

  it('are ended by their person alone', async () => {
    await subscribed(bob);
    const [device] = (await calls['push.list'](bob, {})).devices;
    const input = { deviceId: device?.id ?? '' };
    await expect(calls['push.unsubscribe'](eve, input)).rejects.toMatchObject({ code: 'not_found' });
    await calls['push.unsubscribe'](bob, input);
    await expect(calls['push.unsubscribe'](bob, input)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('are refused beyond the limit, by what may not read or has ended, with wrong keys, and where push is off', async () => {
    for (let n = 0; n < limits.pushDevicesMax; n += 1) await subscribed(eve);
    await expect(subscribed(eve)).rejects.toMatchObject({ code: 'limit_reached' });
    const token = { ...bob, sessionId: null, tokenId: '1' };
    await expect(subscribed({ ...token, scopes: ['write'] })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(subscribed(token)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(subscribed({ ...bob, sessionId: '1' })).rejects.toMatchObject({ code: 'unauthenticated' });
    const { keys } = createPushBrowser('');
    const wrong = { endpoint: 'https://push.example.org/x', keys: { ...keys, p256dh: 'A'.repeat(87) } };
    await expect(calls['push.subscribe'](bob, wrong)).rejects.toMatchObject({ code: 'invalid' });
    const off = createNotifications({ ...deps, pushMode: 'off' });
    for (const chore of off.chores) void chore.close();
    const right = { endpoint: 'https://push.example.org/x', keys };
    await expect(off.handlers['push.subscribe'](bob, right)).rejects.toMatchObject({ code: 'turned_off' });
    await expect(off.handlers['push.test'](bob, {})).rejects.toMatchObject({ code: 'turned_off' });
    expect(await off.handlers['push.key'](bob, {})).toMatchObject({ publicKey: null });
  });

  it('are tried with one of each kind, not too often, also while active', async () => {
    await subscribed(bob);
    presences[bob.userId] = 'online';
    expect(await calls['push.test'](bob, {})).toEqual({ count: 7, byMail: false });
    await expect(calls['push.test'](bob, {})).rejects.toMatchObject({ code: 'too_many' });
    await deliverDue(deps);
    expect(new Set(kinds()).size).toBe(7);
    expect(service.arrived.every(({ payload }) => payload.isTest && payload.content === null)).toBe(true);
    clock.elapse(limits.pushTestPeriodMs);
    expect(await calls['push.test'](bob, {})).toEqual({ count: 7, byMail: false });
  });

  it('use keys that are made once', async () => {
    const [one, two] = await Promise.all([calls['push.key'](bob, {}), calls['push.key'](eve, {})]);
    expect(one).toEqual(two);
    expect(Buffer.from(one.publicKey ?? '', 'base64url')).toHaveLength(65);
  });
});
