import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccessibilityCheck } from './accessibility.ts';
import { composer, goTo, message } from './talking.ts';
import { startWorkplace, type Person, type Workplace } from './workplace.ts';

let place: Workplace;
let ada: Person;
let bob: Person;
let page: Page;
let asideId: string;

beforeAll(async () => {
  place = await startWorkplace();
  bob = await place.person('Bob');
  ada = await place.person('Ada', { permissions: ['notifications'], initScript: noted });
  page = ada.page;
  const { room } = await bob.call('room.create', { clientId: 'made-aside', kind: 'public', name: 'aside' });
  asideId = room.room.id;
  await ada.call('room.join', { roomId: asideId });
  await goTo(page, 'general');
  // What decides is loaded once somebody is in.
  await page.waitForFunction(async () => {
    const { held = [] } = await navigator.locks.query();
    return held.some(({ name }) => name === 'confab-notices');
  });
}, 240_000);
afterAll(() => place.close());

interface Noted {
  title: string;
  body: string;
  tag: string;
  isClosed: boolean;
}

/** A headless browser shows them to nobody: what the page asks of it is written down, in all tabs together. */
function noted(): void {
  const key = 'test.noted';
  const read = (): Noted[] => JSON.parse(localStorage.getItem(key) ?? '[]') as Noted[];
  class Noting extends Notification {
    constructor(title: string, options: NotificationOptions = {}) {
      super(title, options);
      const { body = '', tag = '' } = options;
      localStorage.setItem(key, JSON.stringify([...read(), { title, body, tag, isClosed: false }]));
      Object.assign(globalThis, { lastNotice: this });
    }
    override close(): void {
      const all = read().map((one) => (one.tag === this.tag ? { ...one, isClosed: true } : one));
      localStorage.setItem(key, JSON.stringify(all));
      super.close();
    }
  }
  globalThis.Notification = Noting;
}

const all = (): Promise<Noted[]> =>
  page.evaluate(() => JSON.parse(localStorage.getItem('test.noted') ?? '[]') as Noted[]);
const about = async (words: string): Promise<Noted[]> =>
  (await all()).filter(({ body }) => body.includes(words));
async function writes(text: string, roomId = asideId): Promise<void> {
  await bob.call('message.send', { roomId, clientId: randomUUID(), text });
}

const patience = { timeout: 30_000 };

describe('a notification', { timeout: 120_000 }, () => {
  test('tells once of a mention in another room, however many tabs there are', async () => {
    const other = await page.context().newPage();
    await other.goto(`/room/${place.generalId}`);
    await composer(other).waitFor();
    await writes('Look here @ada');
    await expect.poll(() => about('Look here'), patience).toHaveLength(1);
    // Said later and shown, too: nothing of the first is still on its way.
    await writes('And here @ada');
    await expect.poll(() => about('And here'), patience).toHaveLength(1);
    expect(await about('Look here')).toEqual([
      { title: '#aside', body: 'Bob Tester: Look here @ada', tag: `room-${asideId}`, isClosed: false },
    ]);
    expect((await about('And here'))[0]?.body).toContain('1 more unread');
    await other.close();
  });

  test('goes when it was read elsewhere', async () => {
    const { rooms } = await ada.call('room.mine', {});
    const ordinal = rooms.find(({ room }) => room.id === asideId)?.counters.ordinal ?? 0;
    await ada.call('read.upTo', { roomId: asideId, ordinal });
    await expect.poll(async () => (await about('And here'))[0]?.isClosed, patience).toBe(true);
  });

  test('is not there for what is in view, muted, or comes at a quiet time', async () => {
    await page.bringToFront();
    await writes('You see this, @ada', place.generalId);
    await message(page, 'You see this').waitFor();
    const { room } = await bob.call('room.create', { clientId: 'made-muted', kind: 'public', name: 'attic' });
    const roomId = room.room.id;
    await ada.call('room.join', { roomId });
    await ada.call('room.setPreferences', { roomId, muted: true });
    await writes('You muted this, @ada', roomId);
    await ada.call('user.setPreferences', { preferences: { doNotDisturbUntil: Date.now() + 3_600_000 } });
    await writes('You are busy, @ada');
    await ada.call('user.setPreferences', { preferences: { doNotDisturbUntil: null } });
  });

  test('of a room where everything notifies opens the message when it is pressed', async () => {
    await ada.call('room.setPreferences', { roomId: asideId, level: 'everything' });
    await writes('Just so, to nobody');
    await expect.poll(() => about('Just so'), patience).toHaveLength(1);
    expect(await about('You ')).toEqual([]);
    await page.evaluate(() =>
      (globalThis as unknown as { lastNotice: Notification }).lastNotice.dispatchEvent(new Event('click')),
    );
    await page.getByRole('heading', { level: 1, name: 'aside' }).waitFor();
    await message(page, 'Just so').waitFor();
  });

  test('can be tried, and made to hide what was written', async () => {
    const broken = await createAccessibilityCheck();
    await page.goto('/settings/notifications');
    await page.getByRole('button', { name: 'Send me a test' }).click();
    await page.locator('.ui-toast').filter({ hasText: 'A test was shown' }).waitFor();
    expect(await broken(page)).toEqual([]);
    await page.getByRole('switch', { name: 'Hide what was written' }).check();
    await writes('A secret, @ada');
    await expect.poll(() => about('something new for you'), patience).toHaveLength(1);
    expect(await about('A secret')).toEqual([]);
    await page.getByRole('switch', { name: 'Notify me on this device' }).uncheck();
    expect(place.complaints()).toEqual([]);
  });
});
