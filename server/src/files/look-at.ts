import { limits } from '@confab/protocol';
import { toolTypes } from '../platform/tools/index.ts';
import type { FileDeps } from './deps.ts';
import { readWhole } from './read-whole.ts';
import type { NewContent } from './store.ts';

/** A larger picture is shown like any other file. It is held in memory while it is made small. */
const pictureBytesMax = 25_000_000;
const pictures: ReadonlySet<string> = new Set([
  'image/png',
  'image/apng',
  'image/jpeg',
  'image/webp',
  'image/gif',
]);

type Deps = Pick<FileDeps, 'objects' | 'images' | 'tools'>;

/** Makes the small picture of a content and puts it at `thumbnailKey`, which is doomed until somebody refers to it. */
export async function lookAt(
  deps: Deps,
  made: Pick<NewContent, 'key' | 'size' | 'type'>,
  thumbnailKey: string,
): Promise<Pick<NewContent, 'width' | 'height' | 'thumbnailKey'>> {
  const { objects, images } = deps;
  const nothing = { width: null, height: null, thumbnailKey: null };
  const seen = await lookOf(deps, made);
  if (seen === null) return nothing;
  const picture = await images.toThumbnail(seen, limits.thumbnailPixelsMax);
  if (picture === null) return nothing;
  const { width, height, small } = picture;
  await objects.put(thumbnailKey, once(small), small.length);
  return { width, height, thumbnailKey };
}

/** A picture itself, and what a program of the machine makes of other kinds. Null for what has no look. */
async function lookOf(
  { objects, tools }: Deps,
  { key, size, type }: Pick<NewContent, 'key' | 'size' | 'type'>,
): Promise<Uint8Array | null> {
  if (!pictures.has(type))
    return (await tools?.pictureOf({ type, size, read: () => readWhole(objects, key) })) ?? null;
  if (size > pictureBytesMax) return null;
  const bytes: Uint8Array[] = [];
  for await (const piece of readWhole(objects, key)) bytes.push(piece);
  return Buffer.concat(bytes);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Whether this node has all that finds out about this kind; otherwise a program that comes later may. */
export function isLookedAt({ tools }: Pick<FileDeps, 'tools'>, type: string): boolean {
  return !toolTypes.includes(type) || (tools?.types().includes(type) ?? false);
}
