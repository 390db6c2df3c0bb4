import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtPage } from './built-page.ts';
import { composer, goTo, message, say } from './talking.ts';
import { startWorkplace, type Person, type Workplace } from './workplace.ts';

let folder: string;
let place: Workplace;
let ada: Person;
let bob: Person;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'confab-page-'));
  // Files are changed below: the compressed copies beside them would still be the old ones.
  const filter = (path: string): boolean => !/\.(?:br|gz)$/.test(path);
  cpSync(await builtPage(), folder, { recursive: true, filter });
  place = await startWorkplace('bare', { pageFolder: folder });
  ada = await place.person('Ada', { serviceWorkers: 'allow' });
  bob = await place.person('Bob');
  await Promise.all([goTo(ada.page, 'general'), goTo(bob.page, 'general')]);
}, 240_000);
afterAll(async () => {
  await place.close();
  rmSync(folder, { recursive: true, force: true });
});

const slow = { timeout: 120_000 };

/** The worker has everything, and serves this page. */
async function kept(page: Page): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

/** It is on the device: a moment after it is in view. */
async function written(page: Page, text: string): Promise<void> {
  const finds = (wanted: string): Promise<boolean> =>
    new Promise((resolve, reject) => {
      const opening = indexedDB.open('confab');
      opening.onerror = () => reject(new Error('There is no storage.'));
      opening.onsuccess = () => {
        const database = opening.result;
        const [store = ''] = database.objectStoreNames;
        const asking = database.transaction(store).objectStore(store).getAll();
        asking.onsuccess = () => {
          database.close();
          resolve(JSON.stringify(asking.result).includes(wanted));
        };
      };
    });
  await expect.poll(() => page.evaluate(finds, text), { timeout: 20_000 }).toBe(true);
}

/** As an upgrade of the server: another index, and a worker that knows it. */
function upgrade(mark: string): void {
  const index = join(folder, 'index.html');
  writeFileSync(index, readFileSync(index, 'utf8').replace('<html ', `<html data-release="${mark}" `));
  const worker = join(folder, 'service-worker.js');
  const renamed = readFileSync(worker, 'utf8').replace(
    /(url:"\/index\.html",revision:)"[^"]*"/,
    `$1"${mark}"`,
  );
  writeFileSync(worker, renamed);
  appendFileSync(worker, `\n// ${mark}`);
}

const release = (page: Page) => page.evaluate(() => document.documentElement.dataset['release'] ?? 'first');

test('without a server the page opens, shows what was said and keeps what is written', slow, async () => {
  await say(bob.page, 'before the lights go out');
  await message(ada.page, 'before the lights go out').waitFor();
  await kept(ada.page);
  await message(ada.page, 'before the lights go out').waitFor();
  await written(ada.page, 'before the lights go out');

  await place.stopServer();
  await ada.page.reload();
  await message(ada.page, 'before the lights go out').waitFor();
  await say(ada.page, 'written in the dark');
  await message(ada.page, 'written in the dark').waitFor();
  await written(ada.page, 'written in the dark');
  await ada.page.reload();
  await message(ada.page, 'written in the dark').waitFor();

  await place.startServer();
  await message(bob.page, 'written in the dark').waitFor();
  expect(await message(bob.page, 'written in the dark').count()).toBe(1);
});

test('an upgrade is offered to an open page, and a draft outlives it', slow, async () => {
  expect(await release(ada.page)).toBe('first');
  upgrade('second');
  await composer(ada.page).fill('half a thought');
  await ada.page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
  await ada.page.getByText('There is a newer version').waitFor();
  expect(await release(ada.page)).toBe('first');
  await ada.page.getByRole('button', { name: 'Load again' }).click();
  await ada.page.waitForFunction(() => document.documentElement.dataset['release'] === 'second');
  await expect.poll(() => composer(ada.page).inputValue(), { timeout: 20_000 }).toBe('half a thought');
});

test('a page that starts takes the upgrade that lies ready', slow, async () => {
  upgrade('third');
  await ada.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    return new Promise<void>((resolve) => {
      const look = () => (registration.waiting ? resolve() : requestAnimationFrame(look));
      look();
    });
  });
  await ada.page.reload();
  await ada.page.waitForFunction(() => document.documentElement.dataset['release']?.includes('third'));
  expect(place.complaints()).toEqual([]);
});
