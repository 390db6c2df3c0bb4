/** More or fewer bytes came than were announced. */
export class WrongSize extends Error {
  override readonly name = 'WrongSize';
}

/** Letters, digits, `-`, `_`, `/`: never a way out of a folder. */
export function isKey(key: string): boolean {
  return /^[a-z0-9][a-zA-Z0-9_-]*(\/[a-zA-Z0-9_-]+)*$/.test(key) && key.length <= 200;
}

/** Hands on what comes and throws WrongSize as soon as it is too much, or at its end too little. */
export async function* exactly(body: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let count = 0;
  for await (const bytes of body) {
    count += bytes.length;
    if (count > size) throw new WrongSize('more bytes came than were announced');
    yield bytes;
  }
  if (count < size) throw new WrongSize('fewer bytes came than were announced');
}
