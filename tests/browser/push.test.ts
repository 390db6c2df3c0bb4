/**
 * Web Push with a real server and a real browser. A headless Chromium cannot register with its maker's push service, so that
 * the two halves meet in the middle: the server pushes to a push service of the test, which reads what arrives as a browser
 * would, and hands it to the service worker by the debugger's way in.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '@confab/server/platform/clock/index';
import { createUndiciOutbound } from '@confab/server/platform/outbound/index';
import type { PushPayload } from '@confab/protocol';
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPushBrowser, type PushBrowser } from '../support/push-browser.ts';
import { createAccessibilityCheck } from './accessibility.ts';
import { goTo } from './talking.ts';
import { startWorkplace, type Person, type Workplace } from './workplace.ts';

const arrived: PushPayload[] = [];
let browser: PushBrowser;
/** What the browser becomes when it gives up its subscription for another. */
let renewed: PushBrowser;
const arrivedAt: string[] = [];
const pushHost = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const reader = renewed.endpoint.endsWith(request.url ?? '') ? renewed : browser;
    arrived.push(reader.read(Buffer.concat(parts)));
    arrivedAt.push(request.url ?? '');
    response.writeHead(201).end();
  });
});
const outbound = createUndiciOutbound({
  clock: systemClock,
  allow: ['127.0.0.1'],
  proxies: { http: null, https: null, except: [] },
});

let place: Workplace;
let ada: Person;
let bob: Person;
let page: Page;
let debug: CDPSession;
let registrationId = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => pushHost.listen(0, '127.0.0.1', resolve));
  const { port } = pushHost.address() as AddressInfo;
  browser = createPushBrowser(`http://127.0.0.1:${port}/send/ada`);
  renewed = createPushBrowser(`http://127.0.0.1:${port}/send/anew`);
  place = await startWorkplace('bare', { outbound, pushMode: 'on' });
  bob = await place.person('Bob');
  ada = await place.person('Ada', {
    serviceWorkers: 'allow',
    permissions: ['notifications'],
    initScript: { content: `(${subscribing.toString()})(${JSON.stringify(browser)})` },
  });
  page = ada.page;
  debug = await page.context().newCDPSession(page);
  debug.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    registrationId = registrations.find(({ isDeleted }) => !isDeleted)?.registrationId ?? registrationId;
  });
  await debug.send('ServiceWorker.enable');
  await goTo(page, 'general');
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
}, 240_000);
afterAll(async () => {
  await place.close();
  await outbound.close();
  pushHost.closeAllConnections();
  await new Promise((resolve) => pushHost.close(resolve));
});

/** In the page: the browser's part of subscribing, with the push service of the test. */
function subscribing(given: { endpoint: string; keys: object }): void {
  const key = 'test.subscribed';
  const made = {
    toJSON: () => given,
    unsubscribe() {
      localStorage.removeItem(key);
      return Promise.resolve(true);
    },
  };
  Object.assign(PushManager.prototype, {
    subscribe() {
      localStorage.setItem(key, 'yes');
      return Promise.resolve(made);
    },
    getSubscription: () => Promise.resolve(localStorage.getItem(key) === null ? null : made),
  });
}

const slow = { timeout: 150_000 };
const patience = { timeout: 60_000, interval: 200 };

async function deliver(payload: PushPayload): Promise<void> {
  await expect.poll(() => registrationId, patience).not.toBe('');
  const data = JSON.stringify(payload);
  await debug.send('ServiceWorker.deliverPushMessage', { origin: place.url, registrationId, data });
}

const shown = (): Promise<{ title: string; body: string; tag: string }[]> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const notices = await registration.getNotifications();
    return notices.map(({ title, body, tag }) => ({ title, body, tag }));
  });

/** Nobody says whether the debugger's way in was open; what comes twice is shown once, as from a push service. */
async function deliverUntilShown(payload: PushPayload): Promise<void> {
  const tags = async (): Promise<string[]> => {
    await deliver(payload);
    return (await shown()).map(({ tag }) => tag);
  };
  await expect.poll(tags, { ...patience, interval: 1_000 }).toContain(payload.tag);
}

test('a browser is subscribed in the settings, and tried with one of each kind', slow, async () => {
  const broken = await createAccessibilityCheck();
  await page.goto('/settings/notifications');
  await page.getByRole('switch', { name: 'while Confab is closed' }).check();
  await page.getByText('Not notified yet').waitFor();
  expect(await broken(page)).toEqual([]);
  await page.getByRole('button', { name: 'Send me one of each' }).click();
  await page.locator('.ui-toast').filter({ hasText: '7 notifications are on their way' }).waitFor();
  await expect.poll(() => arrived.length, patience).toBe(7);
  for (const payload of arrived) await deliverUntilShown(payload);
  expect(await shown()).toHaveLength(7);
  expect(await shown()).toContainEqual({
    title: 'This is a test',
    body: 'A mention of you',
    tag: 'test-mention',
  });
});

test('what happens while the page is closed is pushed, shown, and gone once it was read', slow, async () => {
  const { room } = await bob.call('room.create', { clientId: 'made-aside', kind: 'public', name: 'aside' });
  const roomId = room.room.id;
  await ada.call('room.join', { roomId });
  await page.goto('about:blank');
  arrived.length = 0;
  await bob.call('message.send', { roomId, clientId: randomUUID(), text: 'Look here, @ada' });
  await expect.poll(() => arrived.length, patience).toBe(1);
  const [payload] = arrived;
  expect(payload).toMatchObject({
    kind: 'mention',
    tag: `room-${roomId}`,
    content: { text: 'Look here, @ada' },
  });
  if (payload) await deliver(payload);
  await page.goto(`/room/${place.generalId}`);
  const ofRoom = async () => (await shown()).filter(({ tag }) => tag === `room-${roomId}`);
  await expect
    .poll(ofRoom, patience)
    .toEqual([{ title: '#aside', body: 'Bob Tester: Look here, @ada', tag: `room-${roomId}` }]);
  const { rooms } = await ada.call('room.mine', {});
  const ordinal = rooms.find((mine) => mine.room.id === roomId)?.counters.ordinal ?? 0;
  await ada.call('read.upTo', { roomId, ordinal });
  await expect.poll(ofRoom, patience).toEqual([]);
});

/** In the service worker, which asks its push service for another subscription when the browser has given up the old one. */
function giveUp({ old, next }: { old: string; next: { endpoint: string; keys: object } }): Promise<unknown> {
  Object.assign(PushManager.prototype, {
    subscribe: () => Promise.resolve({ endpoint: next.endpoint, toJSON: () => next }),
  });
  const works: Promise<unknown>[] = [];
  const event = new Event('pushsubscriptionchange');
  Object.assign(event, {
    oldSubscription: { endpoint: old },
    newSubscription: null,
    waitUntil: (work: Promise<unknown>) => works.push(work),
  });
  dispatchEvent(event);
  return Promise.all(works);
}

test(
  'a browser that has given up its subscription is notified by the new one, and the old is gone',
  slow,
  async () => {
    const [worker] = page.context().serviceWorkers();
    const { endpoint, keys } = renewed;
    await worker?.evaluate(giveUp, { old: browser.endpoint, next: { endpoint, keys } });
    const { devices } = await ada.call('push.list', {});
    expect(devices).toMatchObject([{ isCurrent: true }]);
    expect(devices).toHaveLength(1);
    arrivedAt.length = 0;
    // Not twice within ten seconds.
    const isTried = () =>
      ada.call('push.test', {}).then(
        () => true,
        () => false,
      );
    await expect.poll(isTried, patience).toBe(true);
    await expect.poll(() => arrivedAt, patience).toEqual(Array.from({ length: 7 }, () => '/send/anew'));
  },
);

test('a browser that was removed gets nothing more', slow, async () => {
  await page.goto('/settings/notifications');
  await page.getByRole('switch', { name: 'while Confab is closed' }).uncheck();
  await page.getByText('No browser of yours is notified').waitFor();
  expect((await ada.call('push.list', {})).devices).toEqual([]);
  expect(place.complaints()).toEqual([]);
});
