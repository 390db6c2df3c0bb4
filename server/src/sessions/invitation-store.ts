import type { Invitation, Role } from '@confab/protocol';
import { sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';

interface InvitationRow {
  id: string;
  created_by: string;
  role: Role;
  created_at: Date;
  expires_at: Date;
  uses_max: number;
  uses: number;
}

const columns = sql`id, created_by, role, created_at, expires_at, uses_max, uses`;

export async function insertInvitation(
  tx: Tx,
  invitation: {
    readonly createdBy: string;
    readonly secretHash: Buffer;
    readonly role: Role;
    readonly at: Date;
    readonly expiresAt: Date;
    readonly usesMax: number;
  },
): Promise<Invitation> {
  const [row] = await tx.rows<InvitationRow>(sql`
    insert into invitations (id, created_by, secret_hash, role, created_at, expires_at, uses_max)
    values (nextval('ids'), ${invitation.createdBy}, ${invitation.secretHash}, ${invitation.role}, ${invitation.at},
      ${invitation.expiresAt}, ${invitation.usesMax})
    returning ${columns}`);
  if (!row) throw new Error('an inserted invitation returned no row');
  return invitationView(row);
}

/** One that is neither expired, revoked nor used up; says nothing about what its maker may still give. */
export async function findInvitation(tx: Tx, secretHash: Buffer, now: Date): Promise<Invitation | null> {
  const [row] = await tx.rows<InvitationRow>(sql`
    select ${columns} from invitations
    where secret_hash = ${secretHash} and expires_at > ${now} and uses < uses_max`);
  return row ? invitationView(row) : null;
}

/** The same by its id, for who writes it a letter. */
export async function findMailedInvitation(tx: Tx, id: string, now: Date): Promise<Invitation | null> {
  const [row] = await tx.rows<InvitationRow>(sql`
    select ${columns} from invitations where id = ${id} and expires_at > ${now} and uses < uses_max`);
  return row ? invitationView(row) : null;
}

export async function setInvitationSecret(tx: Tx, id: string, secretHash: Buffer): Promise<void> {
  await tx.rows(sql`update invitations set secret_hash = ${secretHash} where id = ${id}`);
}

/** Uses it once, or answers null when it cannot be used: however many try at once, `usesMax` succeed. */
export async function useInvitation(tx: Tx, secretHash: Buffer, now: Date): Promise<Invitation | null> {
  const [row] = await tx.rows<InvitationRow>(sql`
    update invitations set uses = uses + 1
    where secret_hash = ${secretHash} and expires_at > ${now} and uses < uses_max
    returning ${columns}`);
  return row ? invitationView(row) : null;
}

/** @param createdBy null: whoever made them. The newest first. */
export async function findInvitations(
  tx: Tx,
  which: { createdBy: string | null; now: Date },
): Promise<Invitation[]> {
  const rows = await tx.rows<InvitationRow>(sql`
    select ${columns} from invitations
    where created_by = coalesce(${which.createdBy}::bigint, created_by) and expires_at > ${which.now}
      and uses < uses_max
    order by id desc`);
  return rows.map(invitationView);
}

/** @param createdBy null: whoever made it. @returns whether there was one */
export async function deleteInvitation(
  tx: Tx,
  which: { id: string; createdBy: string | null },
): Promise<boolean> {
  const rows = await tx.rows<{ id: string }>(sql`
    delete from invitations
    where id = ${which.id} and created_by = coalesce(${which.createdBy}::bigint, created_by) returning id`);
  return rows.length > 0;
}

/** Expired or used up. @returns how many went; `limit` of them when there may be more */
export async function deleteUselessInvitations(tx: Tx, now: Date, limit: number): Promise<number> {
  const rows = await tx.rows<{ id: string }>(sql`
    delete from invitations where id in (
      select id from invitations where expires_at <= ${now} or uses >= uses_max limit ${limit}
    ) returning id`);
  return rows.length;
}

function invitationView(row: InvitationRow): Invitation {
  return {
    id: row.id,
    createdBy: row.created_by,
    createdAt: row.created_at.getTime(),
    expiresAt: row.expires_at.getTime(),
    usesMax: row.uses_max,
    uses: row.uses,
    role: row.role,
  };
}
