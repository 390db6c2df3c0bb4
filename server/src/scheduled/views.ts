import type { ScheduledMessage } from '@confab/protocol';

export interface ScheduledRow {
  id: string;
  room_id: string;
  thread_id: string | null;
  also_in_room: boolean;
  quote_id: string | null;
  text: string;
  send_at: Date;
  created_at: Date;
  failure_code: string | null;
  failed_at: Date | null;
}

export function scheduledView(row: ScheduledRow): ScheduledMessage {
  const { failure_code: code, failed_at: failedAt } = row;
  return {
    id: row.id,
    roomId: row.room_id,
    threadId: row.thread_id,
    alsoInRoom: row.also_in_room,
    quoteId: row.quote_id,
    text: row.text,
    sendAt: row.send_at.getTime(),
    createdAt: row.created_at.getTime(),
    failure: code === null ? null : { code, at: failedAt?.getTime() ?? 0 },
  };
}
