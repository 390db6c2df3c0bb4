import type { CustomEmoji, Workspace } from '@confab/protocol';
import { Refusal } from '../kit/refusal.ts';
import { sql } from '../kit/sql.ts';
import { UniqueViolation, type Tx } from '../platform/postgres/index.ts';
import { emojiView, workspaceView, type EmojiRow, type WorkspaceRow } from './views.ts';

const columns = sql`name, sign_up_domains, invitations`;

export async function findWorkspace(tx: Tx): Promise<Workspace> {
  return workspaceView(await findRow(tx));
}

/** It has an owner. */
export async function isSetUp(tx: Tx): Promise<boolean> {
  return (await findRow(tx)).set_up_at !== null;
}

async function findRow(tx: Tx): Promise<WorkspaceRow & { set_up_at: Date | null }> {
  const [row] = await tx.rows<WorkspaceRow & { set_up_at: Date | null }>(
    sql`select ${columns}, set_up_at from workspace where id = 1`,
  );
  if (!row) throw new Error('the database holds no workspace');
  return row;
}

/** What is undefined stays. */
export async function changeWorkspace(tx: Tx, change: Partial<Workspace>): Promise<Workspace> {
  const { name = null, signUpDomains = null, invitations = null } = change;
  const [row] = await tx.rows<WorkspaceRow>(sql`
    update workspace set name = coalesce(${name}, name), invitations = coalesce(${invitations}, invitations),
      sign_up_domains = coalesce(${signUpDomains}::text[], sign_up_domains)
    where id = 1 returning ${columns}`);
  if (!row) throw new Error('the database holds no workspace');
  return workspaceView(row);
}

/** Names it and says that it has an owner now. Of many at once one succeeds. @throws Refusal already_set_up */
export async function beginWorkspace(tx: Tx, begun: { name: string; at: Date }): Promise<Workspace> {
  const [row] = await tx.rows<WorkspaceRow>(sql`
    update workspace set name = ${begun.name}, set_up_at = ${begun.at}
    where id = 1 and set_up_at is null returning ${columns}`);
  if (!row) throw new Refusal('already_set_up');
  return workspaceView(row);
}

const emojiColumns = sql`name, picture, added_by`;

/** By name. */
export async function findCustomEmoji(tx: Tx): Promise<CustomEmoji[]> {
  const rows = await tx.rows<EmojiRow>(sql`select ${emojiColumns} from custom_emoji order by name`);
  return rows.map(emojiView);
}

export async function findEmojiNamed(tx: Tx, name: string): Promise<CustomEmoji | null> {
  const [row] = await tx.rows<EmojiRow>(sql`select ${emojiColumns} from custom_emoji where name = ${name}`);
  return row ? emojiView(row) : null;
}

export async function countCustomEmoji(tx: Tx): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(sql`select count(*)::int as count from custom_emoji`);
  return row?.count ?? 0;
}

/** @throws Refusal taken */
export async function insertEmoji(tx: Tx, emoji: CustomEmoji & { at: Date }): Promise<void> {
  try {
    await tx.rows(sql`
      insert into custom_emoji (name, picture, added_by, added_at)
      values (${emoji.name}, ${emoji.picture}, ${emoji.addedBy}, ${emoji.at})`);
  } catch (error) {
    if (error instanceof UniqueViolation) throw new Refusal('taken', { field: 'name' });
    throw error;
  }
}

export async function deleteEmoji(tx: Tx, name: string): Promise<void> {
  await tx.rows(sql`delete from custom_emoji where name = ${name}`);
}
