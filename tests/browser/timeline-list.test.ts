import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, ready, settled, startGallery, type GalleryBrowser } from './gallery-page.ts';

if (!hasChromium) process.stderr.write('The timeline is not tested: there is no /usr/bin/chromium.\n');

/** The gallery shows a room of 5,000 messages, numbered from 0, of which the last 60 are loaded at first. */
describe.skipIf(!hasChromium)('a timeline', { timeout: 240_000 }, () => {
  let gallery: GalleryBrowser;
  let page: Page;
  beforeAll(async () => {
    gallery = await startGallery();
    page = await gallery.open();
  }, 240_000);
  afterEach(async () => {
    await page.reload();
    await ready(page);
  });
  afterAll(() => gallery.close());

  const scroller = () => page.locator('.ui-timeline');
  const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  const seen = async (): Promise<string> => (await page.locator('[data-seen]').textContent()) ?? '';
  const scrollBy = async (pixels: number): Promise<void> => {
    await scroller().evaluate((element, by) => element.scrollBy({ top: by, behavior: 'instant' }), pixels);
    await settled(page);
  };
  /** Keys of the drawn rows. */
  const drawn = (): Promise<number[]> =>
    page
      .locator('.ui-timeline__row')
      .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('data-key'))));
  /** The first whole row in view and how far below the upper edge it is. */
  const hold = (): Promise<{ key: string; top: number }> =>
    scroller().evaluate((element) => {
      const top = element.getBoundingClientRect().top;
      const rows = [...element.querySelectorAll<HTMLElement>('.ui-timeline__row')];
      const row = rows.find((one) => one.getBoundingClientRect().top >= top);
      return {
        key: row?.dataset['key'] ?? '',
        top: Math.round((row?.getBoundingClientRect().top ?? 0) - top),
      };
    });
  const topOf = (key: string): Promise<number> =>
    scroller().evaluate((element, wanted) => {
      const row = element.querySelector(`.ui-timeline__row[data-key="${wanted}"]`);
      return Math.round(
        (row?.getBoundingClientRect().top ?? Number.NaN) - element.getBoundingClientRect().top,
      );
    }, key);

  test('opens at its end and follows it', async () => {
    await expect.poll(seen).toMatch(/to 4999, at the end/);
    await press('A new message');
    await expect.poll(seen).toMatch(/to 5000, at the end/);
    await press('Everything grows');
    await settled(page);
    await expect.poll(() => scroller().evaluate((element) => element.scrollTop)).toBe(0);
  });

  test('keeps its place while older messages come and everything grows', async () => {
    // to the first that is drawn, and to the first that is loaded
    await scrollBy(-100_000);
    await scrollBy(-100_000);
    const movedFrom = async ({ key, top }: { key: string; top: number }): Promise<number> =>
      Math.abs((await topOf(key)) - top);
    const before = await hold();
    expect(before).toMatchObject({ key: expect.stringMatching(/^4[89]/), top: expect.any(Number) });
    // How many pages have come by now is the machine's doing; one at least is.
    await expect
      .poll(async () => Math.min(...(await drawn())), { timeout: 20_000 })
      .toBeLessThanOrEqual(4_935);
    await expect.poll(() => movedFrom(before)).toBeLessThanOrEqual(1);
    // Older ones stand above it now, and the first whole row in view is the one that is held.
    const held = await hold();
    for (let turn = 0; turn < 6; turn += 1) await press('Everything grows');
    await expect.poll(() => movedFrom(held)).toBeLessThanOrEqual(1);
    await press('A new message');
    await settled(page);
    await expect.poll(() => movedFrom(held)).toBeLessThanOrEqual(1);
    await expect.poll(seen).not.toContain('at the end');
  });

  test('shows every message once on the way up, and draws only some of them', async () => {
    const met = new Set<number>();
    for (let turn = 0; turn < 120 && Math.min(...met, 5_000) > 4_700; turn += 1) {
      const keys = await drawn();
      expect(keys).toEqual(keys.map((_, index) => (keys[0] ?? 0) + index));
      for (const key of keys) met.add(key);
      await scrollBy(-900);
    }
    expect([...met].toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: met.size }, (_, i) => 5_000 - met.size + i),
    );
    expect(met.size).toBeGreaterThanOrEqual(300);
    const before = await hold();
    await expect.poll(async () => (await drawn()).length).toBeLessThan(200);
    await expect.poll(async () => Math.abs((await topOf(before.key)) - before.top)).toBeLessThanOrEqual(1);
  });

  test('goes to a message and back to the end', async () => {
    await press('Go to an old one');
    await expect.poll(async () => Math.abs((await topOf('4945')) - 150)).toBeLessThan(150);
    await press('To the end');
    await expect.poll(seen).toMatch(/to 4999, at the end/);
  });

  test('has headings that stick to its upper edge', async () => {
    await scrollBy(-1_400);
    const nearest = () =>
      scroller().evaluate((element) => {
        const top = element.getBoundingClientRect().top;
        const headings = [...element.querySelectorAll('.ui-timeline__heading')];
        return Math.min(...headings.map((one) => Math.abs(one.getBoundingClientRect().top - top)));
      });
    await expect.poll(nearest).toBeLessThanOrEqual(2);
  });

  test('keeps its lower edge when the view gets lower, as a growing composer makes it', async () => {
    await scrollBy(-600);
    const lowest = (): Promise<number> =>
      scroller().evaluate((element) => {
        const bottom = element.getBoundingClientRect().bottom;
        const row = [...element.querySelectorAll('.ui-timeline__row')].findLast(
          (one) => one.getBoundingClientRect().top < bottom,
        );
        return Math.round(bottom - (row?.getBoundingClientRect().top ?? 0));
      });
    const before = await lowest();
    await scroller().evaluate((element) => {
      element.style.marginBlockEnd = '80px';
    });
    await settled(page);
    await expect.poll(lowest).toBe(before);
  });
});
