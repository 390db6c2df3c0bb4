import { createHash } from 'node:crypto';
import type { Preview } from '@confab/protocol';
import { sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';

export interface PageRow {
  id: string;
  url: string;
  fresh_until: Date | null;
  title: string | null;
  excerpt: string | null;
  site: string | null;
  picture_key: string | null;
  picture_width: number | null;
  picture_height: number | null;
}

/** The pages at these addresses, in this order, locked; new rows for those nobody has named before. */
export async function lockPages(tx: Tx, urls: readonly string[]): Promise<PageRow[]> {
  const found = new Map<string, PageRow>();
  // In one order, so that two messages with the same links do not wait for each other.
  for (const url of urls.toSorted()) {
    const [row] = await tx.rows<PageRow>(sql`
      insert into link_pages (id, url, url_hash) values (nextval('ids'), ${url}, ${hashOf(url)})
      on conflict (url_hash) do update set url = excluded.url
      returning id, url, fresh_until, title, excerpt, site, picture_key, picture_width, picture_height`);
    if (row) found.set(url, row);
  }
  return urls.flatMap((url) => found.get(url) ?? []);
}

/** Postgres' indexes do not hold the longest addresses. */
function hashOf(url: string): string {
  return createHash('sha256').update(url).digest('hex');
}

/** Under the page's lock: whoever ends the fetching sees it. */
export async function awaitPage(
  tx: Tx,
  wait: { pageId: string; messageId: string; now: Date },
): Promise<void> {
  const { pageId, messageId, now } = wait;
  await tx.rows(sql`update link_pages set due_at = coalesce(due_at, ${now}) where id = ${pageId}`);
  await tx.rows(sql`
    insert into link_waiting (page_id, message_id) values (${pageId}, ${messageId}) on conflict do nothing`);
}

/** Pages that are to be fetched; nobody else gets them until `leaseUntil`. */
export async function claimPages(
  tx: Tx,
  claim: { now: Date; leaseUntil: Date; max: number },
): Promise<Pick<PageRow, 'id' | 'url'>[]> {
  return tx.rows(sql`
    update link_pages set due_at = ${claim.leaseUntil} where id in (
      select id from link_pages where due_at <= ${claim.now} order by due_at limit ${claim.max} for update skip locked)
    returning id, url`);
}

export interface PageContent {
  readonly title: string | null;
  readonly excerpt: string | null;
  readonly site: string | null;
  readonly picture: { readonly key: string; readonly width: number; readonly height: number } | null;
}

/**
 * What was found out, and everybody who waited for it is looked at again.
 * @returns the picture it had until now, also by somebody who fetched it meanwhile; undefined when the page is forgotten
 */
export async function settlePage(
  tx: Tx,
  pageId: string,
  made: PageContent,
  freshUntil: Date,
): Promise<string | null | undefined> {
  const { title, excerpt, site, picture } = made;
  const [before] = await tx.rows<{ picture_key: string | null }>(
    sql`select picture_key from link_pages where id = ${pageId} for update`,
  );
  await tx.rows(sql`
    update link_pages set due_at = null, fresh_until = ${freshUntil}, title = ${title}, excerpt = ${excerpt},
      site = ${site}, picture_key = ${picture?.key ?? null}, picture_width = ${picture?.width ?? null},
      picture_height = ${picture?.height ?? null}
    where id = ${pageId}`);
  await tx.rows(sql`
    with gone as (delete from link_waiting where page_id = ${pageId} returning message_id)
    insert into preview_queue (message_id) select message_id from gone order by message_id on conflict do nothing`);
  return before?.picture_key;
}

export async function queueMessages(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.rows(sql`
    insert into preview_queue (message_id) select x from unnest(${ids}::bigint[]) x order by x on conflict do nothing`);
}

/** Messages to be looked at, with their rooms; one that no longer is has none. */
export function findQueued(tx: Tx, max: number): Promise<{ message_id: string; room_id: string | null }[]> {
  return tx.rows(sql`
    select q.message_id, g.room_id from preview_queue q left join messages g on g.id = q.message_id
    order by q.message_id limit ${max}`);
}

/** @returns false when another node has looked at it. */
export async function takeQueued(tx: Tx, messageId: string): Promise<boolean> {
  const taken = await tx.rows(
    sql`delete from preview_queue where message_id = ${messageId} returning message_id`,
  );
  return taken.length > 0;
}

export async function findHidden(tx: Tx, messageId: string): Promise<string[]> {
  const [row] = await tx.rows<{ hidden: string[] }>(
    sql`select hidden::text[] as hidden from message_previews where message_id = ${messageId}`,
  );
  return row?.hidden ?? [];
}

/** @param kept.seq of the event that tells of it */
export async function keepCards(
  tx: Tx,
  messageId: string,
  { cards, hidden, seq }: { cards: readonly Preview[]; hidden: readonly string[]; seq: number },
): Promise<void> {
  const pageIds = cards.map(({ id }) => id);
  await tx.rows(sql`
    insert into message_previews (message_id, cards, page_ids, hidden, told)
    values (${messageId}, ${JSON.stringify(cards)}::json, ${pageIds}::bigint[], ${hidden}::bigint[],
      array[${seq}::bigint])
    on conflict (message_id) do update set cards = excluded.cards, page_ids = excluded.page_ids,
      hidden = excluded.hidden, told = message_previews.told || excluded.told`);
}
