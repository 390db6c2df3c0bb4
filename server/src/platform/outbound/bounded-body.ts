import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { OutboundFailure } from './failure.ts';
import type { OutboundRequest } from './index.ts';

type Bounds = Required<Pick<OutboundRequest, 'maxBytes' | 'whenLarger'>>;

/**
 * A body, unpacked as `encoding` says, of which never more than `maxBytes` are kept, whatever it would unpack to.
 * @throws OutboundFailure `too-large` or `unreadable`, or what the stream throws.
 */
export async function readBody(
  packed: Readable,
  encoding: string | undefined,
  { maxBytes, whenLarger }: Bounds,
): Promise<Uint8Array> {
  const unpack = unpackerOf(encoding);
  const stream: Readable = unpack === null ? packed : pipeline(packed, unpack, () => {});
  const pieces: Uint8Array[] = [];
  let count = 0;
  try {
    for await (const piece of stream as AsyncIterable<Uint8Array>) {
      pieces.push(piece.subarray(0, maxBytes - count));
      count += piece.length;
      if (count <= maxBytes) continue;
      if (whenLarger === 'refuse') throw new OutboundFailure('too-large', 'the answer is too large');
      break;
    }
  } catch (error) {
    if (unpack !== null && isOfZlib(error)) {
      throw new OutboundFailure('unreadable', 'the answer is packed badly', { cause: error });
    }
    throw error;
  } finally {
    packed.destroy();
  }
  return Buffer.concat(pieces);
}

function unpackerOf(encoding = 'identity'): Transform | null {
  switch (encoding.trim().toLowerCase()) {
    case 'identity':
    case '':
      return null;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      throw new OutboundFailure('unreadable', 'the answer is packed in an unknown way');
  }
}

function isOfZlib(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && /^(Z_|ERR__?BROTLI|ERR_BROTLI)/.test(String(error.code))
  );
}
