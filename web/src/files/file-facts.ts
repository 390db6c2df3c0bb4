import type { FileInfo } from '@confab/protocol';

export type FileKind = 'picture' | 'video' | 'audio' | 'text' | 'archive' | 'document' | 'other';

/** Where its bytes are. Whoever may not see the room gets none. */
export function filePath({ id, name }: Pick<FileInfo, 'id' | 'name'>): string {
  return `/api/v1/files/${id}/content/${encodeURIComponent(name)}`;
}

export function thumbnailPath({ id }: Pick<FileInfo, 'id'>): string {
  return `/api/v1/files/${id}/thumbnail`;
}

const shownPictures = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'];

export function kindOf(type: string): FileKind {
  if (shownPictures.includes(type)) return 'picture';
  if (type.startsWith('video/')) return 'video';
  if (type.startsWith('audio/')) return 'audio';
  if (type.startsWith('text/') || /^application\/(json|xml|javascript)$/.test(type)) return 'text';
  if (/zip|x-tar|gzip|compressed|x-7z|x-rar/.test(type) && !type.includes('openxml')) return 'archive';
  return /pdf|document|msword|spreadsheet|presentation|rtf|epub/.test(type) ? 'document' : 'other';
}

/** A picture whose place is known before it is loaded. */
export function isPicture(file: FileInfo): file is FileInfo & { width: number; height: number } {
  return kindOf(file.type) === 'picture' && file.width !== undefined && file.height !== undefined;
}

/** Whether its bytes can be had: no virus scanner holds it back. */
export function isServed({ check }: FileInfo): boolean {
  return check === undefined;
}

/** What shows a file large: a picture itself, of other kinds the picture that the server made of it. */
export function lookPath(file: FileInfo): string {
  return isPicture(file) ? filePath(file) : thumbnailPath(file);
}

/** What follows the last dot, in capitals; empty when that is no ending. */
export function endingOf(name: string): string {
  return /[^.]\.([A-Za-z0-9]{1,6})$/.exec(name)?.[1]?.toUpperCase() ?? '';
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** "1.4 MB", as the language writes it. @param bytes a size */
export function sizeText(locale: string, bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const value = bytes / 1_000 ** power;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[power] ?? 'byte',
    // The short form of bytes knows no plural.
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && power > 0 ? 1 : 0,
  }).format(value);
}
