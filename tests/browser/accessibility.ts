import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** Finds the rules of WCAG 2.2 AA that a page breaks seriously, in the light; and contrasts in the dark. Each with its first place. */
export async function createAccessibilityCheck(): Promise<(page: Page) => Promise<string[]>> {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  return async (page) => {
    await page.evaluate(axe);
    const inLight = await violations(page, 'axe.run()');
    await page.emulateMedia({ colorScheme: 'dark' });
    const inDark = await violations(page, "axe.run({ runOnly: ['color-contrast'] })");
    await page.emulateMedia({ colorScheme: 'light' });
    return [...inLight, ...inDark];
  };
}

async function violations(page: Page, run: string): Promise<string[]> {
  // Half transparent things have half a contrast.
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map((one) => one.finished));
  });
  const found = await page.evaluate<AxeResults>(run);
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160) ?? ''} (${nodes[0]?.failureSummary ?? ''})`,
    );
}
