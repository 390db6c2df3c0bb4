/** Where a page may say in which characters it is written (HTML, 13.2.3.2). */
const prescanBytes = 2_048;

/**
 * A page's bytes as text: by the mark at its beginning, by what the server says, by what the page says, else as UTF-8.
 * What does not fit becomes a replacement character.
 */
export function decodeText(bytes: Uint8Array, contentType: string): string {
  const label = markOf(bytes) ?? charsetIn(contentType) ?? charsetIn(beginningOf(bytes)) ?? 'utf-8';
  return decode(bytes, label);
}

function markOf(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xff && second === 0xfe ? 'utf-16le' : null;
}

function charsetIn(text: string): string | null {
  return /charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(text)?.[1] ?? null;
}

function beginningOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, prescanBytes)).toString('latin1');
}

/** A name that nobody knows is as good as none. */
function decode(bytes: Uint8Array, label: string): string {
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
