import { doom, spare } from '../files/index.ts';
import { Fault } from '../platform/fault.ts';
import type { PreviewDeps } from './deps.ts';
import { readPage, type FoundPage } from './read-page.ts';
import { failedMs, freshMs } from './rules.ts';
import { claimPages, settlePage, type PageContent, type PageRow } from './store.ts';

const atOnce = 4;
/** Longer than everything about one page may take; then whoever fetches it is taken for dead. */
const leaseMs = 120_000;
/** An object that nobody came to refer to. */
const looseMs = 3_600_000;
/** The longer side. */
const pictureSidePx = 720;

type Deps = Pick<PreviewDeps, 'database' | 'clock' | 'random' | 'objects' | 'images' | 'outbound'>;
type Due = Pick<PageRow, 'id' | 'url'>;

/** Fetches what is due until nothing is; any number of nodes may do it at once. */
export async function fetchDue(deps: Deps, stopped: () => boolean): Promise<void> {
  for (let count = atOnce; count === atOnce && !stopped();) {
    const now = deps.clock.now();
    const claim = { now: new Date(now), leaseUntil: new Date(now + leaseMs), max: atOnce };
    const due = await deps.database.write((tx) => claimPages(tx, claim));
    count = due.length;
    await Promise.all(due.map((page) => fetchPage(deps, page)));
  }
}

async function fetchPage(deps: Deps, page: Due): Promise<void> {
  const { database, clock } = deps;
  const found = await readPage(deps.outbound, page.url);
  const bytes = found?.picture ?? null;
  const picture = bytes === null ? null : await keepPicture(deps, bytes);
  const content: PageContent = {
    title: found?.title ?? null,
    excerpt: found?.text ?? null,
    site: found?.site ?? null,
    picture,
  };
  const now = clock.now();
  await database.write(async (tx) => {
    const freshUntil = new Date(now + (found === null ? failedMs : freshMs));
    const before = await settlePage(tx, page.id, content, freshUntil);
    if (before === undefined) return;
    if (picture !== null) await spare(tx, [picture.key]);
    if (before !== null) await doom(tx, before, new Date(now));
  });
}

/** Null for what is no picture, SVG too, and while there is no place for it: the card is worth having without. */
async function keepPicture(
  { database, clock, random, objects, images }: Deps,
  bytes: NonNullable<FoundPage['picture']>,
): Promise<PageContent['picture']> {
  try {
    const made = await images.toThumbnail(bytes, pictureSidePx);
    if (made === null) return null;
    const key = `previews/${random.id()}`;
    await doom(database, key, new Date(clock.now() + looseMs));
    await objects.put(key, once(made.small), made.small.length);
    const scale = Math.min(1, pictureSidePx / Math.max(made.width, made.height));
    const sideOf = (px: number): number => Math.max(1, Math.round(px * scale));
    return { key, width: sideOf(made.width), height: sideOf(made.height) };
  } catch (error) {
    if (error instanceof Fault && error.part !== 'postgres') return null;
    throw error;
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
