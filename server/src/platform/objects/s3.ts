import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { Fault } from '../fault.ts';
import { WrongSize, exactly, isKey } from './exactly.ts';
import type { Objects } from './index.ts';
import type { ObjectsPlace } from './place.ts';

/** No byte for so long, and the store counts as away. */
const silenceMs = 10_000;
const connectMs = 3_000;

/**
 * Objects in a bucket of Amazon S3 or of what speaks like it. Who one is comes the ways its own kit finds it: variables
 * (`AWS_ACCESS_KEY_ID` …), a profile, or the machine's role. Loaded at first use.
 */
export function createS3Objects(
  place: Extract<ObjectsPlace, { kind: 's3' }>,
  credentials?: { accessKeyId: string; secretAccessKey: string },
): Objects {
  let opened: Promise<S3Client> | null = null;
  const keyOf = (key: string): string => {
    if (!isKey(key)) throw new Error(`no key of an object: ${key}`);
    return place.prefix + key;
  };
  const client = (): Promise<S3Client> => (opened ??= openClient(place, credentials));

  return {
    async put(key, body, size) {
      const { PutObjectCommand } = await import('@aws-sdk/client-s3');
      let broken: unknown = null;
      const cut = new AbortController();
      const watched = watch(exactly(body, size), (error) => {
        broken = error;
        cut.abort();
      });
      const stream = size === 0 ? new Uint8Array() : Readable.from(watched, { objectMode: false });
      if (size === 0) await watched.next();
      const put = new PutObjectCommand({
        Bucket: place.bucket,
        Key: keyOf(key),
        Body: stream,
        ContentLength: size,
      });
      try {
        if (stream instanceof Readable) stream.on('error', toldByWatch);
        await (await client()).send(put, { abortSignal: cut.signal });
      } catch (error) {
        throw broken ?? faultOf(error);
      }
      // Sent with too many bytes, the first ones were enough for the store.
      if (broken instanceof WrongSize) {
        await this.delete(key);
        throw broken;
      }
    },
    async read(key, range) {
      const { GetObjectCommand } = await import('@aws-sdk/client-s3');
      const bytes = range && { Range: `bytes=${range.from}-${range.to - 1}` };
      const get = new GetObjectCommand({ Bucket: place.bucket, Key: keyOf(key), ...bytes });
      try {
        const { Body } = await (await client()).send(get);
        return pieces(Body as Readable);
      } catch (error) {
        if (nameOf(error) === 'NoSuchKey' || nameOf(error) === 'NotFound') return null;
        throw faultOf(error);
      }
    },
    async delete(key) {
      const { DeleteObjectCommand } = await import('@aws-sdk/client-s3');
      try {
        await (await client()).send(new DeleteObjectCommand({ Bucket: place.bucket, Key: keyOf(key) }));
      } catch (error) {
        if (nameOf(error) !== 'NoSuchKey') throw faultOf(error);
      }
    },
  };
}

async function openClient(
  place: Extract<ObjectsPlace, { kind: 's3' }>,
  credentials: { accessKeyId: string; secretAccessKey: string } | undefined,
): Promise<S3Client> {
  const { S3Client: Client } = await import('@aws-sdk/client-s3');
  return new Client({
    region: place.region,
    ...(credentials === undefined ? {} : { credentials }),
    ...(place.endpoint === null ? {} : { endpoint: place.endpoint, forcePathStyle: true }),
    // A body that is read as it arrives cannot be sent twice, and the callers have their own second tries.
    maxAttempts: 1,
    // Many of the stores that speak like S3 do not know the newer ones.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: connectMs, requestTimeout: silenceMs, socketTimeout: silenceMs },
  });
}

/** A stream whose error nobody hears would end the process. */
function toldByWatch(): void {}

async function* watch(
  body: AsyncIterable<Uint8Array>,
  broke: (error: unknown) => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    broke(error);
    throw error;
  }
}

async function* pieces(body: Readable): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of body) yield piece as Uint8Array;
  } catch (error) {
    throw faultOf(error);
  } finally {
    body.destroy();
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

function faultOf(error: unknown): Fault {
  const denied = ['AccessDenied', 'NoSuchBucket', 'InvalidAccessKeyId', 'SignatureDoesNotMatch'];
  const retryable = !denied.includes(nameOf(error));
  const words = `the file store failed: ${nameOf(error) || 'unknown'}`;
  return new Fault(words, { part: 'files', retryable, cause: error });
}
