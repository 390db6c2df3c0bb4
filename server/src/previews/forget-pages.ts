import { doom } from '../files/index.ts';
import { sql } from '../kit/sql.ts';
import type { PreviewDeps } from './deps.ts';

const batchMax = 100;

/** Pages that no message shows any more, when what they said is old. */
export async function forgetPages({
  database,
  clock,
}: Pick<PreviewDeps, 'database' | 'clock'>): Promise<void> {
  const now = new Date(clock.now());
  for (let count = batchMax; count === batchMax;) {
    count = await database.write(async (tx) => {
      const gone = await tx.rows<{ picture_key: string | null }>(sql`
        delete from link_pages where id in (
          select p.id from link_pages p
          where p.due_at is null and p.fresh_until < ${now}
            and not exists (select 1 from message_previews v where v.page_ids @> array[p.id])
          order by p.fresh_until limit ${batchMax} for update skip locked)
        returning picture_key`);
      for (const { picture_key: key } of gone) if (key !== null) await doom(tx, key, now);
      return gone.length;
    });
  }
}
