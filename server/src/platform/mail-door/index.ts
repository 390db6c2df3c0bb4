/**
 * Mail that comes in, by SMTP from the operator's mail server: one recipient and one message at a time, each answered before
 * the sender lets go of it. Promises bounded connections, sizes and parts, only the plain text of a message, and that whoever
 * keeps the door is never asked about what is none. Refuses to know what becomes of a message, and trusts the server before it
 * with who really sent it.
 */
export interface ReceivedMail {
  /** Who says to have written it: one bare address in lower case; null for none or several. */
  readonly from: string | null;
  /** In lower case. */
  readonly recipient: string;
  /** As the sender made it, the same when it is delivered again; null: it made none. */
  readonly messageId: string | null;
  readonly text: string;
  /** Files that somebody put there; pictures inside the text and signatures by machines are none. */
  readonly hasAttachments: boolean;
  /** Notes of absence, lists, and what other programs write. */
  readonly isAutomatic: boolean;
}

/** Null: it is taken. Words are one line of ASCII, which the sender's own server tells them. */
export type DoorAnswer = null | { readonly kind: 'never' | 'later'; readonly words: string };

/** Both may throw: then it is put off. */
export interface DoorKeeper {
  recipient(address: string): Promise<DoorAnswer>;
  mail(received: ReceivedMail): Promise<DoorAnswer>;
}

export interface MailDoor {
  readonly port: number;
  /** What is being received is finished first, for some seconds. */
  close(): Promise<void>;
}

export { readReceived } from './read-received.ts';
export { openSmtpDoor } from './smtp-door.ts';
