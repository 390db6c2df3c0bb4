import { limits } from '@confab/protocol';

/** Control characters, and those that turn the direction of what follows, with which a name poses as another. */
// oxlint-disable-next-line no-control-regex
const unfit = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** A name as it is kept: one line, without folders, short enough, and with its ending. */
export function fileName(given: string): string {
  const bare = given.toWellFormed().normalize('NFC').replace(unfit, '').split(/[/\\]/).at(-1)?.trim() ?? '';
  const name = bare.replace(/^\.+/, '') === '' ? 'file' : bare;
  if (name.length <= limits.fileNameCharsMax) return name;
  const ending = /\.[^.]{1,16}$/u.exec(name)?.[0] ?? '';
  return `${name.slice(0, limits.fileNameCharsMax - ending.length)}${ending}`.toWellFormed();
}

/**
 * Whether a browser may show it where it stands. Everything else is only saved: what can hold a script (HTML, SVG, PDF)
 * would run it, and of a picture that we could not open nobody knows what it unpacks to.
 */
export function mayShow(content: { readonly type: string; readonly width: number | null }): boolean {
  if (content.type.startsWith('image/')) return content.width !== null && content.type !== 'image/svg+xml';
  return content.type === 'text/plain' || /^(audio|video)\/[\w.+-]+$/.test(content.type);
}

/** Bytes asked for by a Range header (RFC 9110, one range). `null`: all of it; 'none': nothing that is there. */
export function rangeIn(
  header: string | undefined,
  size: number,
): { from: number; to: number } | 'none' | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  if (!match) return null;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return null;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return null;
  return from < to ? { from, to } : 'none';
}
