import type { Counters, Member, Membership, MyRoom, Room, RoomKind, RoomRole } from '@confab/protocol';

export interface RoomRow {
  id: string;
  kind: RoomKind;
  name: string;
  topic: string;
  description: string;
  posting: Room['posting'];
  is_default: boolean;
  archived_at: Date | null;
  created_at: Date;
  member_count: number;
  people: string[];
}

export interface MembershipRow {
  role: RoomRole;
  joined_at: Date;
  read_ordinal: string;
  starred: boolean;
  muted: boolean;
  level: Membership['level'];
  closed_ordinal: string | null;
}

export interface CountersRow {
  head: string;
  ordinal: string;
  last_at: Date;
  mentions: number[];
}

export function roomView(row: RoomRow): Room {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    topic: row.topic,
    description: row.description,
    posting: row.posting,
    isDefault: row.is_default,
    archivedAt: row.archived_at?.getTime() ?? null,
    createdAt: row.created_at.getTime(),
    memberCount: row.member_count,
    people: row.people,
  };
}

export function membershipView(row: MembershipRow): Membership {
  return {
    role: row.role,
    joinedAt: row.joined_at.getTime(),
    readOrdinal: Number(row.read_ordinal),
    starred: row.starred,
    muted: row.muted,
    level: row.level,
    closedOrdinal: row.closed_ordinal === null ? null : Number(row.closed_ordinal),
  };
}

export function countersView(row: CountersRow): Counters {
  return {
    head: Number(row.head),
    ordinal: Number(row.ordinal),
    mentions: row.mentions,
    lastAt: row.last_at.getTime(),
  };
}

export function memberView(row: { user_id: string; role: RoomRole; joined_at: Date }): Member {
  return { userId: row.user_id, role: row.role, joinedAt: row.joined_at.getTime() };
}

export function myRoomView(row: RoomRow & MembershipRow & CountersRow): MyRoom {
  return { room: roomView(row), membership: membershipView(row), counters: countersView(row) };
}
