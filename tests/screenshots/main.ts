/**
 * `npm run screenshots`: every screen and state in a real Chromium, in light and dark, wide and on a phone, and in the
 * languages, into `screenshots/`, which git ignores. To be looked at: this asserts nothing.
 *   npm run screenshots                          all of them
 *   npm run screenshots -- --look dark-phone     one way of looking
 *   npm run screenshots -- --only settings       screens whose name contains this
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { closeAll } from '../browser/screens.ts';
import { startWorkplace, type PersonOptions, type Workplace } from '../browser/workplace.ts';
import { startTestPostgres } from '../support/postgres.ts';
import type { Scene } from './scene.ts';
import { scenes, visitor } from './scenes.ts';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const wide = { viewport: { width: 1440, height: 900 } };

interface Look {
  readonly options: PersonOptions;
  /** The page's own choice; English when left out. */
  readonly language?: string;
}

const looks: Readonly<Record<string, Look>> = {
  'light-wide': { options: { ...wide, colorScheme: 'light' } },
  'dark-wide': { options: { ...wide, colorScheme: 'dark' } },
  'light-phone': { options: { ...phone, colorScheme: 'light' } },
  'dark-phone': { options: { ...phone, colorScheme: 'dark' } },
  'light-tablet': { options: { viewport: { width: 1024, height: 768 }, colorScheme: 'light' } },
  'german-wide': { options: { ...wide, colorScheme: 'light' }, language: 'de' },
  'japanese-phone': { options: { ...phone, colorScheme: 'light' }, language: 'ja' },
  'right-to-left-wide': { options: { ...wide, colorScheme: 'light' }, language: 'qps' },
  'right-to-left-phone': { options: { ...phone, colorScheme: 'dark' }, language: 'qps' },
  'forced-colours-wide': { options: { ...wide, forcedColors: 'active' } },
  'zoomed-400': {
    options: { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4, colorScheme: 'light' },
  },
};

const { values: flags } = parseArgs({
  options: {
    look: { type: 'string', multiple: true, default: Object.keys(looks) },
    only: { type: 'string', default: '' },
    folder: { type: 'string', default: 'screenshots' },
  },
});
const unknown = flags.look.filter((name) => !Object.hasOwn(looks, name));
if (unknown.length > 0) {
  process.stderr.write(
    `no look is called ${unknown.join(', ')}; there are ${Object.keys(looks).join(', ')}\n`,
  );
  process.exit(2);
}

/** What moves is at its end, and pictures are there. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map((one) => one.finished));
    await document.fonts.ready;
    await Promise.allSettled([...document.images].map((image) => image.decode()));
  });
}

function setLanguage(tag: string): { content: string } {
  return { content: `localStorage.setItem('confab.language', ${JSON.stringify(JSON.stringify(tag))})` };
}

const failures: string[] = [];

async function shoot(scene: Scene, place: Workplace, lookName: string): Promise<number> {
  const { options, language } = looks[lookName] ?? { options: {} };
  const wanted = scene.shots
    .filter(({ isEnglish = false }) => language === undefined || !isEnglish)
    .map((shot) => ({ ...shot, file: `${scene.name}-${shot.name}`.replaceAll(/[^\w-]+/g, '-') }))
    .filter(({ file }) => file.includes(flags.only));
  if (wanted.length === 0) return 0;
  const given = language === undefined ? options : { ...options, initScript: setLanguage(language) };
  const page = await scene.open(place, { ...given, ownConnection: true });
  // Whoever is signed in has a preference, which goes before what the browser remembers.
  if (language !== undefined && scene.open !== visitor) {
    await page.request.patch('/api/v1/me/preferences', { data: { preferences: { language } } });
  }
  const folder = resolve(flags.folder, lookName);
  mkdirSync(folder, { recursive: true });
  for (const { file, go, leave } of wanted) {
    try {
      await go(page, place);
      await settle(page);
      await page.screenshot({ path: join(folder, `${file}.png`) });
      await leave?.(page);
      await closeAll(page);
    } catch (error) {
      await page.screenshot({ path: join(folder, `${file}.failed.png`) });
      failures.push(`${lookName} ${file}: ${String(error).split('\n')[0] ?? ''}`);
      await page.goto('/');
    }
  }
  if (language !== undefined && scene.open !== visitor) {
    await page.request.patch('/api/v1/me/preferences', { data: { preferences: { language: '' } } });
  }
  await page.context().close();
  return wanted.length;
}

rmSync(resolve(flags.folder), { recursive: true, force: true });
const postgres = await startTestPostgres();
for (const scene of scenes) {
  const surroundings = await scene.surroundings?.();
  const place = await startWorkplace(scene.world, { postgres: postgres.address, ...surroundings });
  try {
    await scene.prepare?.(place);
    let count = 0;
    for (const look of flags.look) count += await shoot(scene, place, look);
    process.stderr.write(`${scene.name}: ${count} pictures\n`);
  } finally {
    await place.close();
  }
}
await postgres.stop();
for (const failure of failures) process.stderr.write(`not reached: ${failure}\n`);
process.exitCode = failures.length > 0 ? 1 : 0;
