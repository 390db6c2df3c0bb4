import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, startGallery, type GalleryBrowser } from './gallery-page.ts';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const themes = ['light', 'dark'] as const;
const widths = [1440, 390] as const;
const everyLook = themes.flatMap((theme) => widths.map((width) => ({ theme, width })));

if (!hasChromium) process.stderr.write('The gallery is not tested: there is no /usr/bin/chromium.\n');

describe.skipIf(!hasChromium)('the gallery of components', { timeout: 240_000 }, () => {
  let gallery: GalleryBrowser;
  let axe: string;
  beforeAll(async () => {
    gallery = await startGallery();
    axe = await readFile(axePath, 'utf8');
  }, 120_000);
  afterAll(() => gallery.close());

  /** The rules of WCAG 2.2 AA that are broken, with the first place. */
  async function broken(page: Page): Promise<string[]> {
    await page.evaluate(axe);
    // half transparent things have half a contrast
    await page.evaluate(async () => {
      const ending = document
        .getAnimations()
        .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
      await Promise.all(ending.map((one) => one.finished));
    });
    const { violations } = await page.evaluate<AxeResults>('axe.run()');
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120) ?? ''} (${nodes[0]?.failureSummary ?? ''})`,
      );
  }

  test.each(everyLook)('is accessible with all its overlays, $theme, $width px wide', async (look) => {
    const page = await gallery.open(look);
    const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
    expect(await broken(page)).toEqual([]);
    await press('Toast');
    await press('Sort');
    await page.getByRole('menu').waitFor();
    expect(await broken(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await press('Pick an emoji');
    await page.getByRole('gridcell').first().waitFor();
    expect(await broken(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('gridcell').first().waitFor({ state: 'detached' });
    for (const name of ['Dialog', 'Confirm', /^Palette/]) {
      await page.getByRole('button', { name, exact: true }).click();
      await page.locator('dialog[open]').waitFor();
      expect(await broken(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.locator('dialog[open]').waitFor({ state: 'detached' });
    }
    await page.close();
  });

  test.each(widths)('fits into %i px in both directions of writing', async (width) => {
    const page = await gallery.open({ width });
    const wider = (): Promise<number> =>
      page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await expect.poll(wider).toBeLessThanOrEqual(0);
    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
    await expect.poll(wider).toBeLessThanOrEqual(0);
    await page.close();
  });

  test('has targets of 44 px on a phone', async () => {
    const page = await gallery.open({ width: 390 });
    await page.getByRole('button', { name: 'Sort', exact: true }).click();
    await page.getByRole('menu').waitFor();
    const pressable = page.locator('.ui-button, .ui-tab, .ui-input, .ui-menu__item, .ui-choice');
    // A menu grows into its place.
    await expect.poll(() => lowest(pressable)).toBeGreaterThanOrEqual(44);
    await page.close();
  });

  test('does not move for people who do not want it', async () => {
    const page = await gallery.open({ reducedMotion: true, hash: '#dialog' });
    await page.locator('dialog[open]').waitFor();
    const moving = await page.evaluate(
      () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
    );
    expect(moving).toBe(0);
    await page.close();
  });

  test('is dark from the first picture on when that was chosen', async () => {
    const page = await gallery.open({ theme: 'light', stored: { theme: 'dark', density: 'compact' } });
    const style = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect(style).toBe('rgb(24, 25, 29)');
    const early = await page.evaluate(() => {
      const [blocking] = document.querySelectorAll('script');
      return blocking?.type === '' && !blocking.defer && !blocking.async ? blocking.src : null;
    });
    expect(early).toMatch(/\/appearance\.js$/);
    await page.getByRole('combobox', { name: 'Theme' }).selectOption('light');
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe('light');
    await page.reload();
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe('light');
    await page.close();
  });

  test('needs no hole in a strict content security policy, and complains about nothing', () => {
    expect(gallery.complaints()).toEqual([]);
  });
});

async function lowest(things: Locator): Promise<number> {
  const heights = await things.evaluateAll((elements) =>
    elements
      .filter((element) => element.checkVisibility())
      .map((element) => element.getBoundingClientRect().height),
  );
  return Math.round(Math.min(...heights));
}
