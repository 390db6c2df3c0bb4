/** What bytes are, found in their beginning and never in a name. */
export const headBytes = 256 * 1024;

/** @returns a MIME type without parameters; `application/octet-stream` for what nothing is known of. */
export async function sniff(head: Uint8Array): Promise<string> {
  const { fileTypeFromBuffer } = await import('file-type');
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  const text = textIn(head);
  if (text !== null && (found === undefined || found.mime === 'application/xml'))
    return textType(text, found?.mime);
  return found?.mime.split(';')[0]?.trim() ?? 'application/octet-stream';
}

/** Null when it is no text in UTF-8. A character may be cut at the end of the beginning. */
function textIn(head: Uint8Array): string | null {
  if (head.length === 0) return null;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    // oxlint-disable-next-line no-control-regex
    return /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

function textType(text: string, known: string | undefined): string {
  if (/<svg[\s>]/i.test(text)) return 'image/svg+xml';
  if (/<(!doctype html|html|head|body|script|iframe|title)[\s>]/i.test(text.slice(0, 4_096)))
    return 'text/html';
  return known ?? 'text/plain';
}
