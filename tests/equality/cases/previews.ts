import { sql } from '@confab/server/kit/sql';
import type { Cases } from '../case.ts';
import type { Scene } from '../scene.ts';

const previewId = '77';
const card = { id: previewId, url: 'https://example.org/', title: 'Example', text: '', site: 'example.org' };

/** As the job leaves it that has read the page. */
export async function giveCard({ database, message }: Scene): Promise<void> {
  await database.rows(sql`
    insert into message_previews (message_id, cards, page_ids, hidden, told)
    values (${message('first')}, ${JSON.stringify([card])}::json, array[${previewId}::bigint], '{}', '{}')`);
}

const remove = ({ as, message }: Scene): Promise<unknown> =>
  as('ann', 'preview.remove', { messageId: message('first'), previewId });

export const previewCases = {
  'preview.remove': {
    'of a card': { tells: ['team'], prepare: giveCard, run: remove },
    'that is not there': { tells: [], run: remove },
  },
} satisfies Readonly<Record<string, Cases>>;
