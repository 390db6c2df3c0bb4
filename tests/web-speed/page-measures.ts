/** Figures of the page in a real browser. All times are milliseconds. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { CDPSession, Page } from 'playwright-core';

/** What a page notes from its first moment: when it first showed a message, and the last of what was asked for. */
interface Noted {
  firstMessageAt: number | null;
  /** Resolves with how long it took from a press until the picture in which `sign` is there and `gone` is not. */
  untilShown(sign: string, text: string): Promise<number>;
}
declare global {
  interface Window {
    noted: Noted;
  }
}

/** Runs in the page before its own scripts. */
export function noteInPage(): void {
  let pressedAt = 0;
  const press = (): void => {
    pressedAt = performance.now();
  };
  addEventListener('pointerdown', press, { capture: true });
  addEventListener('keydown', press, { capture: true });
  /** After the picture was handed over to be shown. */
  const afterPaint = (run: () => void): void => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = run;
      channel.port2.postMessage(null);
    });
  };
  window.noted = {
    firstMessageAt: null,
    untilShown: (sign, text) =>
      new Promise((resolve) => {
        const look = (): void => {
          const isThere = [...document.querySelectorAll(sign)].some((one) =>
            (one instanceof HTMLTextAreaElement ? one.value : one.textContent).includes(text),
          );
          if (isThere) afterPaint(() => resolve(performance.now() - pressedAt));
          else requestAnimationFrame(look);
        };
        look();
      }),
  };
  const look = (): void => {
    if (document.querySelector('.room-timeline .message') === null) requestAnimationFrame(look);
    else afterPaint(() => (window.noted.firstMessageAt = performance.now()));
  };
  look();
}

/** From the start of the navigation to the first message in a picture. */
export async function firstMessageMs(page: Page): Promise<number> {
  await page.waitForFunction(() => window.noted.firstMessageAt !== null);
  return page.evaluate(() => window.noted.firstMessageAt ?? 0);
}

/** The weight after gzip of all scripts that are loaded until a room can be used. */
export async function scriptBytes(page: Page, path: string): Promise<number> {
  const bodies: Promise<number>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return;
    bodies.push(
      response.body().then(
        (body) => gzipSync(body).length,
        () => 0,
      ),
    );
  });
  await page.goto(path);
  await firstMessageMs(page);
  await page.locator('.composer .message-field').first().waitFor();
  return (await Promise.all(bodies)).reduce((sum, bytes) => sum + bytes, 0);
}

/** From the press on a room's row to the picture with its messages. */
export async function switchMs(page: Page, name: string): Promise<number> {
  const row = page.locator('.sidebar .side-row').filter({ hasText: name }).first();
  await row.scrollIntoViewIfNeeded();
  const shown = page.evaluate(async (room) => {
    await window.noted.untilShown('h1, .room-heading__name', room);
    return window.noted.untilShown('.room-timeline .message', '');
  }, name);
  await row.click();
  return shown;
}

/** From a key's press to the picture with its letter. */
export async function keyMs(page: Page, letter: string, whole: string): Promise<number> {
  const shown = page.evaluate((text) => window.noted.untilShown('.composer .message-field', text), whole);
  await page.keyboard.press(letter);
  return shown;
}

/** From Enter to the picture with the own message. */
export async function echoMs(page: Page, text: string): Promise<number> {
  await page.locator('.room-timeline .composer .message-field').fill(text);
  const shown = page.evaluate((said) => window.noted.untilShown('.room-timeline .message', said), text);
  await page.keyboard.press('Enter');
  return shown;
}

/** What the tab's process holds for itself, in bytes, after it was asked to tidy up. */
export async function tabBytes(cdp: CDPSession, rendererPid: number): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  const rollup = readFileSync(`/proc/${rendererPid}/smaps_rollup`, 'utf8');
  const kilobytes = (name: string): number =>
    Number(new RegExp(`^${name}: +(\\d+)`, 'm').exec(rollup)?.[1] ?? 0);
  return (kilobytes('Private_Dirty') + kilobytes('Private_Clean')) * 1_024;
}
