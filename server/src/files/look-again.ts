import { limits } from '@confab/protocol';
import { sql } from '../kit/sql.ts';
import { Fault } from '../platform/fault.ts';
import { toolTypes } from '../platform/tools/index.ts';
import type { FileDeps } from './deps.ts';
import { lookAt } from './look-at.ts';
import { readText, textTypes } from './read-text.ts';
import { readWhole } from './read-whole.ts';
import { doom, spare } from './store.ts';

/** Longer than everything about one file takes; then whoever looked at it is taken for dead. */
const leaseMs = 10 * 60_000;
const againMs = 60_000;
/** What the store has lost. */
const muchLaterMs = 24 * 3_600_000;

type Deps = Pick<FileDeps, 'database' | 'clock' | 'random' | 'objects' | 'images' | 'tools'>;

interface Claimed {
  readonly hash: string;
  readonly key: string;
  readonly size: string;
  readonly type: string;
  readonly thumbnail_key: string | null;
  readonly has_text: boolean;
  readonly look_due_at: Date;
}

/** Kinds of which this node can find out more than was known when they came. */
const typesFor = ({ tools }: Pick<Deps, 'tools'>): string[] => [...textTypes, ...(tools?.types() ?? [])];

/**
 * Looks at one file that came when a program, or we, could not: draws its picture, reads its text. A message that has it is
 * told. Any number of nodes may do it at once.
 * @returns false when there is none
 */
export async function lookAgain(deps: Deps): Promise<boolean> {
  const one = await claim(deps);
  if (one === null) return false;
  try {
    await look(deps, one);
  } catch (error) {
    if (error instanceof Fault) {
      const at = new Date(deps.clock.now() + (error.retryable ? againMs : muchLaterMs));
      await deps.database.rows(sql`
        update contents set look_due_at = ${at} where hash = ${one.hash} and look_due_at = ${one.look_due_at}`);
    }
    throw error;
  }
  return true;
}

async function claim(deps: Deps): Promise<Claimed | null> {
  const now = deps.clock.now();
  const [one] = await deps.database.rows<Claimed>(sql`
    update contents c set look_due_at = ${new Date(now + leaseMs)} where hash = (
      select hash from contents
      where type = any(${typesFor(deps)}::text[]) and look_due_at <= ${new Date(now)}
      order by look_due_at, hash limit 1 for update skip locked)
    returning hash, key, size, type, thumbnail_key, look_due_at,
      exists (select 1 from content_texts t where t.hash = c.hash) as has_text`);
  return one ?? null;
}

async function look(deps: Deps, one: Claimed): Promise<void> {
  const { database, clock, objects, random } = deps;
  const { hash, key, type } = one;
  const size = Number(one.size);
  const thumbnailKey = `thumbnails/again-${random.id()}`;
  const wantsPicture = one.thumbnail_key === null && toolTypes.includes(type);
  if (wantsPicture) await doom(database, thumbnailKey, new Date(clock.now() + limits.fileLooseMs));
  const picture = wantsPicture ? await lookAt(deps, { key, size, type }, thumbnailKey) : null;
  const made = picture === null || picture.thumbnailKey === null ? null : picture;
  const text = one.has_text
    ? null
    : await readText(deps, { type, size, read: () => readWhole(objects, key) });
  const changedAt = made === null && text === null ? null : new Date(clock.now());
  await database.write(async (tx) => {
    const [kept] = await tx.rows(sql`
      update contents set look_due_at = null, thumbnail_key = coalesce(thumbnail_key, ${made?.thumbnailKey ?? null}),
        width = coalesce(width, ${made?.width ?? null}), height = coalesce(height, ${made?.height ?? null}),
        changed_at = coalesce(${changedAt}, changed_at), tell_due_at = coalesce(${changedAt}, tell_due_at)
      where hash = ${hash} and look_due_at = ${one.look_due_at} returning hash`);
    if (!kept) return;
    if (made !== null) await spare(tx, [thumbnailKey]);
    if (text !== null)
      await tx.rows(
        sql`insert into content_texts (hash, text) values (${hash}, ${text}) on conflict do nothing`,
      );
  });
}
