import type { Preferences, Role, Status, User } from '@confab/protocol';

export interface UserRow {
  id: string;
  handle: string;
  name: string;
  title: string;
  time_zone: string;
  picture: string | null;
  status: Status | null;
  role: Role;
  created_at: Date;
  deactivated_at: Date | null;
}

/** What everyone in the workspace sees of a person. */
export function userView(row: UserRow): User {
  return {
    id: row.id,
    handle: row.handle,
    name: row.name,
    title: row.title,
    timeZone: row.time_zone,
    picture: row.picture,
    status: row.status,
    role: row.role,
    deactivated: row.deactivated_at !== null,
    joinedAt: row.created_at.getTime(),
  };
}

/** Stored preferences with defaults for what was never chosen. */
export function preferencesView(stored: Partial<Preferences>): Preferences {
  return {
    theme: 'system',
    density: 'comfortable',
    timeFormat: 'locale',
    language: '',
    doNotDisturbUntil: null,
    noticeLevel: 'mentions',
    keywords: [],
    quietHours: null,
    quietHoursSkippedUntil: null,
    missedMail: 'hour',
    missedMailHidesContent: false,
    ...stored,
  };
}
