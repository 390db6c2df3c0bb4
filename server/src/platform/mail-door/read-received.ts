import type PostalMime from 'postal-mime';
import type { Attachment, Email, addressParser as AddressParser } from 'postal-mime';
import type { ReceivedMail } from './index.ts';

/** A mail program nests three or four parts. */
const partsDeepMax = 20;
const headerBytesMax = 64 * 1024;
/** The parser goes line by line, and nothing else is done meanwhile: a third of a second. */
const linesMax = 10_000;
const lineEnd = 10;

/**
 * @param envelope.sender empty for messages that must not be answered (RFC 5321, 4.5.5)
 * @returns null for what is no message that a mail program writes
 */
export async function readReceived(
  raw: Uint8Array,
  { sender, recipient }: { sender: string; recipient: string },
): Promise<ReceivedMail | null> {
  if (countLines(raw) > linesMax) return null;
  const { default: PostalMime, addressParser } = await import('postal-mime');
  const email = await parse(PostalMime, raw);
  if (email === null) return null;
  return {
    from: writerOf(email, addressParser),
    recipient: recipient.toLowerCase(),
    messageId: email.messageId ?? null,
    text: email.text ?? '',
    hasAttachments: email.attachments.some(isPutThere),
    isAutomatic: sender === '' || isAutomatic(email),
  };
}

function countLines(raw: Uint8Array): number {
  let count = 0;
  for (let at = raw.indexOf(lineEnd); at !== -1; at = raw.indexOf(lineEnd, at + 1)) count += 1;
  return count;
}

async function parse(parser: Pick<typeof PostalMime, 'parse'>, raw: Uint8Array): Promise<Email | null> {
  const limits = {
    maxNestingDepth: partsDeepMax,
    maxHeadersSize: headerBytesMax,
    forceRfc822Attachments: true,
  };
  try {
    return await parser.parse(raw, limits);
  } catch (error) {
    // The parser says so of what nests too deeply and of headers without end.
    if (error instanceof Error) return null;
    throw error;
  }
}

/** One alone: of several, each reader would take another. */
function writerOf({ headers }: Email, addressParser: typeof AddressParser): string | null {
  const [header, ...more] = headers.filter(({ key }) => key === 'from');
  const [one, ...others] = addressParser(header?.value ?? '', { flatten: true });
  return more.length > 0 || others.length > 0 ? null : (one?.address?.toLowerCase() ?? null);
}

/** Pictures that belong to the text, as in a letterhead, and signatures made by programs are nobody's file. */
function isPutThere({ mimeType, disposition, related, contentId }: Attachment): boolean {
  const isOfText = disposition === 'inline' && contentId !== undefined && mimeType.startsWith('image/');
  const isSignature = /^application\/(x-)?(pkcs7-signature|pgp-signature|pgp-keys|pgp-encrypted)$/.test(
    mimeType,
  );
  return related !== true && !isOfText && !isSignature;
}

/** RFC 3834, and what programs from before it write. */
function isAutomatic({ headers }: Email): boolean {
  return headers.some(({ key, value }) => {
    const said = value.trim().toLowerCase();
    if (key === 'auto-submitted') return !said.startsWith('no');
    if (key === 'precedence') return /^(bulk|junk|list|auto_reply)/.test(said);
    return ['list-id', 'x-autoreply', 'x-autorespond'].includes(key);
  });
}
