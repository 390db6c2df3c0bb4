import { limits } from '@confab/protocol';
import type { Log } from './platform/log/index.ts';
import { openSmtpDoor, type DoorKeeper, type MailDoor } from './platform/mail-door/index.ts';

/** Where answers by mail come in; null where they are off. @throws Problem */
export async function openMailDoor(given: {
  readonly replies: DoorKeeper | null;
  readonly repliesAt: { readonly host: string; readonly port: number };
  readonly logbook: Log;
}): Promise<MailDoor | null> {
  const { replies: keeper, repliesAt, logbook } = given;
  if (keeper === null) return null;
  const door = await openSmtpDoor({ ...repliesAt, bytesMax: limits.mailReplyBytesMax, keeper, logbook });
  logbook.info('answers by mail are taken', { host: repliesAt.host, port: door.port });
  return door;
}
