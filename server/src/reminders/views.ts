import type { Reminder } from '@confab/protocol';

export interface ReminderRow {
  id: string;
  message_id: string | null;
  room_id: string | null;
  note: string;
  remind_at: Date;
  created_at: Date;
  due_at: Date | null;
  completed_at: Date | null;
}

export function reminderView(row: ReminderRow): Reminder {
  return {
    id: row.id,
    messageId: row.message_id,
    roomId: row.room_id,
    note: row.note,
    remindAt: row.remind_at.getTime(),
    createdAt: row.created_at.getTime(),
    dueAt: row.due_at?.getTime() ?? null,
    completedAt: row.completed_at?.getTime() ?? null,
  };
}
