import { limits } from '@confab/protocol/limits';
import type { Words } from '../language/index.ts';

/** What a file input offers; the same that the server reads. */
export const pictureTypes = 'image/png,image/jpeg,image/webp,image/gif';

export interface ChosenPicture {
  /** As it goes over the wire. */
  readonly base64: string;
  /** An address of this page; whoever shows it revokes it. */
  readonly url: string;
  readonly fileName: string;
}

/** Larger than a profile picture is ever shown. */
const shrunkPx = 768;

/**
 * Reads a file as a picture to be sent. One over the limit is cut to a square and made smaller first, unless `exact`.
 * @returns what is wrong with it, in words for the person, or the picture
 */
export async function readPicture(
  file: File,
  { words, exact = false }: { words: Words; exact?: boolean },
): Promise<ChosenPicture | { readonly problem: string }> {
  const { wrongKind, tooLarge, notShrunk } = words.settings.picture;
  if (!pictureTypes.split(',').includes(file.type)) return { problem: wrongKind };
  const isLarge = file.size > limits.pictureBytesMax;
  if (isLarge && exact) return { problem: tooLarge };
  const bytes = isLarge ? await shrink(file) : file;
  if (bytes === null || bytes.size > limits.pictureBytesMax) return { problem: notShrunk };
  return { base64: await base64Of(bytes), url: URL.createObjectURL(bytes), fileName: file.name };
}

async function shrink(file: File): Promise<Blob | null> {
  try {
    const picture = await createImageBitmap(file);
    const side = Math.min(picture.width, picture.height);
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = Math.min(side, shrunkPx);
    const [x, y] = [(picture.width - side) / 2, (picture.height - side) / 2];
    canvas.getContext('2d')?.drawImage(picture, x, y, side, side, 0, 0, canvas.width, canvas.height);
    picture.close();
    return await new Promise((resolve) => canvas.toBlob(resolve, 'image/webp', 0.9));
  } catch {
    return null;
  }
}

function base64Of(bytes: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      const address = typeof reader.result === 'string' ? reader.result : '';
      resolve(address.slice(address.indexOf(',') + 1));
    });
    reader.addEventListener('error', () => reject(reader.error ?? new Error('The file could not be read.')));
    reader.readAsDataURL(bytes);
  });
}
