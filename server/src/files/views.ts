import type { FileChange, FileInfo } from '@confab/protocol';

/** A file with its content, if it is finished. */
export interface FileRow {
  id: string;
  room_id: string;
  user_id: string;
  name: string;
  size: string;
  received: string;
  content_hash: string | null;
  content_key: string | null;
  content_size: string | null;
  type: string | null;
  width: number | null;
  height: number | null;
  thumbnail_key: string | null;
  scan: Scan | null;
  finding: string | null;
}

/** What the virus scanner said; null: nobody asked it. */
export type Scan = 'waiting' | 'clean' | 'infected' | 'too_large';

/** Null for one that is on its way. */
export function fileView(row: FileRow): FileInfo | null {
  if (row.content_hash === null || row.type === null) return null;
  return {
    id: row.id,
    roomId: row.room_id,
    name: row.name,
    type: row.type,
    size: Number(row.content_size),
    ...lookView(row),
  };
}

/** What may become different of a file that is finished. */
export function lookView(
  row: Pick<FileRow, 'width' | 'height' | 'thumbnail_key' | 'scan' | 'finding'>,
): Omit<FileChange, 'id'> {
  const { width, height, scan, finding } = row;
  return {
    ...(width === null || height === null ? {} : { width, height }),
    hasThumbnail: row.thumbnail_key !== null,
    ...(scan === null || scan === 'clean' ? {} : { check: scan }),
    ...(finding === null ? {} : { finding }),
  };
}
