import { sql } from '../kit/sql.ts';
import { Fault } from '../platform/fault.ts';
import type { Tx } from '../platform/postgres/index.ts';
import type { Scanner, Verdict } from '../platform/scanner/index.ts';
import type { FileDeps } from './deps.ts';
import { readWhole } from './read-whole.ts';
import { doom } from './store.ts';
import type { Scan } from './views.ts';

/** Of one node. */
const atOnce = 2;
/** Longer than any scan takes; then whoever asked is taken for dead. */
const leaseMs = 30 * 60_000;
/** Until a scanner that was away, or a store, is asked again. */
const againMs = 30_000;
/** What is lost, or larger than the scanner takes, becomes otherwise only by an operator's hand. */
const muchLaterMs = 6 * 3_600_000;

type Deps = Pick<FileDeps, 'database' | 'clock' | 'objects'> & { readonly scanner: Scanner };

interface Claimed {
  readonly hash: string;
  readonly key: string;
  readonly thumbnail_key: string | null;
  readonly scan: Scan | null;
  /** When it was claimed until; whoever else has it has another. */
  readonly scan_due_at: Date;
}

/**
 * Asks the scanner of what waits, and then of what was here before there was one, which is served meanwhile. Any number of
 * nodes may do it at once.
 * @throws Fault when the scanner or the store is away: what was asked of waits on
 */
export async function checkDue(deps: Deps, stopped: () => boolean): Promise<void> {
  const runs = Array.from({ length: atOnce }, async () => {
    while (!stopped()) {
      const one = await claim(deps);
      if (one === null) return;
      await check(deps, one);
    }
  });
  const ends = await Promise.allSettled(runs);
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}

async function claim({ database, clock }: Deps): Promise<Claimed | null> {
  const now = clock.now();
  const [one] = await database.rows<Claimed>(sql`
    update contents set scan_due_at = ${new Date(now + leaseMs)} where hash = (
      select hash from contents where scan_due_at <= ${new Date(now)}
      order by scan desc nulls last, scan_due_at limit 1 for update skip locked)
    returning hash, key, thumbnail_key, scan, scan_due_at`);
  return one ?? null;
}

async function check(deps: Deps, one: Claimed): Promise<void> {
  const { database, clock, objects, scanner } = deps;
  try {
    const verdict = await scanner.scan(() => readWhole(objects, one.key));
    await database.write((tx) => settle(tx, one, verdict, clock.now()));
  } catch (error) {
    if (error instanceof Fault) {
      const at = new Date(clock.now() + (error.retryable ? againMs : muchLaterMs));
      await database.rows(sql`
        update contents set scan_due_at = ${at} where hash = ${one.hash} and scan_due_at = ${one.scan_due_at}`);
    }
    throw error;
  }
}

/** Bytes in which something was found are gone with the same transaction, and what was made of them. */
async function settle(tx: Tx, one: Claimed, verdict: Verdict, now: number): Promise<void> {
  const at = new Date(now);
  const { hash, scan: before } = one;
  // It was served before, and stays what it was.
  const scan = verdict.kind === 'too_large' && before === null ? null : verdict.kind;
  const isInfected = scan === 'infected';
  const dueAt = scan === 'too_large' ? new Date(now + muchLaterMs) : null;
  const finding = verdict.kind === 'infected' ? verdict.finding : null;
  const served = (state: Scan | null): boolean => state === null || state === 'clean';
  const changedAt = scan === before || (served(scan) && served(before)) ? null : at;
  const [kept] = await tx.rows(sql`
    update contents set scan = ${scan}, finding = ${finding}, scan_due_at = ${dueAt},
      changed_at = coalesce(${changedAt}, changed_at), tell_due_at = coalesce(${changedAt}, tell_due_at),
      width = case when not ${isInfected} then width end, height = case when not ${isInfected} then height end,
      thumbnail_key = case when not ${isInfected} then thumbnail_key end,
      look_due_at = case when not ${isInfected} then look_due_at end
    where hash = ${hash} and scan_due_at = ${one.scan_due_at} returning hash`);
  if (!kept || !isInfected) return;
  await tx.rows(sql`delete from content_texts where hash = ${hash}`);
  for (const key of [one.key, one.thumbnail_key]) if (key !== null) await doom(tx, key, at);
}

/** There is no scanner any more: what waited for it is served. */
export async function releaseWaiting({ database, clock }: Pick<Deps, 'database' | 'clock'>): Promise<void> {
  const now = new Date(clock.now());
  await database.rows(sql`
    update contents set scan = null, scan_due_at = 'epoch', changed_at = ${now}, tell_due_at = ${now}
    where scan in ('waiting', 'too_large') and scan_due_at is not null`);
}
