import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, ready, startGallery, type GalleryBrowser } from './gallery-page.ts';

if (!hasChromium) process.stderr.write('The components are not tested: there is no /usr/bin/chromium.\n');

describe.skipIf(!hasChromium)('components by keyboard', { timeout: 120_000 }, () => {
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

  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const focusOn = (name: string, role: 'button' | 'tab' = 'button'): Promise<void> =>
    page.getByRole(role, { name, exact: true }).first().focus();
  /** The words of what has the focus. */
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
    });

  test('a menu: arrows, letters, Esc', async () => {
    await focusOn('Sort');
    await press('Enter');
    await expect.poll(focused).toBe('Name');
    await press('ArrowDown');
    await expect.poll(focused).toBe('Most recent');
    await press('End');
    await expect.poll(focused).toBe('Unread only');
    await press('ArrowDown', 'm');
    await expect.poll(focused).toBe('Most recent');
    await press('Escape');
    await expect.poll(() => page.getByRole('menu').count()).toBe(0);
    await expect.poll(focused).toBe('Sort');
    await press('Enter');
    await expect.poll(focused).toBe('Name');
    await press('ArrowDown', 'ArrowDown', 'Space');
    await expect.poll(() => page.getByRole('menuitemcheckbox').getAttribute('aria-checked')).toBe('false');
    await press('Tab');
    await expect.poll(() => page.getByRole('menu').count()).toBe(0);
    await expect.poll(focused).toBe('Sort');
  });

  test('a menu closes when something else is pressed, and its button opens and closes it', async () => {
    const button = page.getByRole('button', { name: 'Sort', exact: true });
    await button.click();
    await button.click();
    await expect.poll(() => page.getByRole('menu').count()).toBe(0);
    await button.click();
    await page.getByRole('heading', { name: 'Components' }).click();
    await expect.poll(() => page.getByRole('menu').count()).toBe(0);
  });

  test('a dialog keeps the focus inside and gives it back', async () => {
    await focusOn('Dialog');
    await press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Create a room' });
    await dialog.waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('placeholder')))
      .toBe('for example design');
    await press('Tab', 'Tab', 'Tab', 'Tab');
    await expect.poll(focused).toBe('Close');
    await press('Tab');
    await expect
      .poll(() => dialog.evaluate((element) => element.contains(document.activeElement)))
      .toBe(true);
    await press('Shift+Tab');
    await expect.poll(focused).toBe('Close');
    await press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(focused).toBe('Dialog');
  });

  test('a dialog closes when the page beside it is pressed', async () => {
    await focusOn('Dialog');
    await press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.mouse.click(20, 20);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('the palette: a shortcut, letters, Enter', async () => {
    await press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Find rooms and people' });
    await palette.waitFor();
    await page.keyboard.type('grace');
    await expect.poll(() => palette.getByRole('option').count()).toBe(1);
    await press('Enter');
    await palette.waitFor({ state: 'detached' });
  });

  test('a field with suggestions', async () => {
    const field = page.getByRole('combobox', { name: 'Add a person' });
    await field.focus();
    await page.keyboard.type('a');
    await press('ArrowDown');
    await expect
      .poll(() => page.locator('[role=option][aria-selected=true]').textContent())
      .toContain('Alan Turing');
    const active = await field.getAttribute('aria-activedescendant');
    await expect
      .poll(() => page.evaluate((id) => document.getElementById(id ?? '')?.textContent, active))
      .toContain('Alan Turing');
    await press('Enter');
    await expect.poll(() => field.inputValue()).toBe('Alan Turing');
    await expect.poll(() => page.getByRole('listbox').count()).toBe(0);
    await press('ArrowDown', 'Escape');
    await expect.poll(() => page.getByRole('listbox').count()).toBe(0);
  });

  test('tabs and rows: one stop for Tab, arrows inside', async () => {
    await focusOn('Members 24', 'tab');
    await press('ArrowRight');
    await expect.poll(focused).toBe('Files');
    await expect.poll(() => page.getByRole('tabpanel').textContent()).toContain('files');
    await page.locator('.gallery__room').first().focus();
    for (let step = 0; step < 40; step += 1) await press('ArrowDown');
    await expect.poll(focused).toContain('releases-40');
    await page.evaluate(arrowsWithinOnePicture, 40);
    await expect.poll(focused).toContain('music-80');
    await expect.poll(() => page.locator('.gallery__room[tabindex="0"]').count()).toBe(1);
    await expect.poll(() => page.locator('.gallery__room').count()).toBeLessThan(60);
  });

  test('a tooltip shows for the keyboard’s focus and goes with Esc', async () => {
    await focusOn('Add a reaction');
    await press('Tab');
    const tooltip = page.locator('.ui-tooltip:popover-open');
    await expect.poll(() => tooltip.allTextContents()).toEqual(['Edit messageE']);
    await press('Escape');
    await expect.poll(() => tooltip.count()).toBe(0);
  });

  test('emoji: search, arrows, Enter', async () => {
    await focusOn('Pick an emoji');
    await press('Enter');
    const picker = page.getByRole('dialog', { name: 'Emoji' });
    await picker.getByRole('gridcell').first().waitFor();
    await press('ArrowDown', 'ArrowRight');
    await expect
      .poll(() => picker.locator('[aria-selected=true]').getAttribute('aria-label'))
      .toContain('grinning face');
    await page.keyboard.type('rocket');
    await expect.poll(() => picker.locator('[aria-selected=true]').getAttribute('aria-label')).toBe('rocket');
    await press('Enter');
    await picker.waitFor({ state: 'detached' });
    await expect.poll(focused).toBe('Pick an emoji');
  });

  test('a pane gets wider with arrows and with the mouse, and remembers nothing', async () => {
    const handle = page.getByRole('separator', { name: 'Width of the first pane' });
    const width = (): Promise<string | null> => handle.getAttribute('aria-valuenow');
    await handle.focus();
    await press('ArrowRight');
    await expect.poll(width).toBe('176');
    await press('End');
    await expect.poll(width).toBe('280');
    const box = await handle.boundingBox();
    if (box === null) throw new Error('The handle is not to be seen.');
    await page.mouse.move(box.x, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x - 50, box.y + 20, { steps: 4 });
    await page.mouse.up();
    await expect.poll(width).toBe('230');
    await handle.dblclick();
    await expect.poll(width).toBe('160');
  });

  test('toasts lie over an open dialog and stay while somebody points at them', async () => {
    await page.getByRole('button', { name: 'Bad news' }).click();
    const toast = page.locator('.ui-toast');
    await toast.waitFor();
    await expect
      .poll(() => toast.evaluate((element) => element.closest(':popover-open') !== null))
      .toBe(true);
    await toast.getByRole('button', { name: 'Dismiss' }).click();
    await toast.waitFor({ state: 'detached' });
  });

  test('code can be copied', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const block = page.locator('.code').last();
    await block.hover();
    await block.getByRole('button', { name: 'Copy code' }).click();
    await block.getByRole('button', { name: 'Copied' }).waitFor();
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toBe('- const port = 80\n+ const port = 8080');
    await expect.poll(() => block.locator('[data-scope]').count()).toBeGreaterThan(0);
  });
});

/** Presses the down arrow so often before another picture is drawn. */
async function arrowsWithinOnePicture(times: number): Promise<void> {
  for (let step = 0; step < times; step += 1) {
    const key = { key: 'ArrowDown', bubbles: true, cancelable: true };
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', key));
    // Preact draws in a microtask
    await Promise.resolve();
    await Promise.resolve();
  }
}
