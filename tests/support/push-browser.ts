/** What a browser does for Web Push: keys of its own, an address at a push service, and reading what arrives there. */
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import type { PushPayload } from '@confab/protocol';

export interface PushBrowser {
  readonly endpoint: string;
  /** As the browser hands them to the page. */
  readonly keys: { readonly p256dh: string; readonly auth: string };
  /** Throws for what was not encrypted for it. */
  read(body: Uint8Array): PushPayload;
}

const saltBytes = 16;
const keyLengthAt = 20;
const keyAt = 21;
const tagBytes = 16;

export function createPushBrowser(endpoint: string): PushBrowser {
  const pair = createECDH('prime256v1');
  const own = pair.generateKeys();
  const auth = randomBytes(16);

  /** RFC 8291, by its text and not by the package that encrypts. */
  function read(body: Uint8Array): PushPayload {
    const bytes = Buffer.from(body);
    const salt = bytes.subarray(0, saltBytes);
    const theirs = bytes.subarray(keyAt, keyAt + (bytes[keyLengthAt] ?? 0));
    const sealed = bytes.subarray(keyAt + theirs.length);
    const derive = (from: Buffer, by: Buffer, info: Buffer, length: number): Buffer =>
      Buffer.from(hkdfSync('sha256', from, by, info, length));
    const shared = derive(
      pair.computeSecret(theirs),
      auth,
      Buffer.concat([Buffer.from('WebPush: info\0'), own, theirs]),
      32,
    );
    const key = derive(shared, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
    const nonce = derive(shared, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
    const decipher = createDecipheriv('aes-128-gcm', key, nonce);
    decipher.setAuthTag(sealed.subarray(-tagBytes));
    const padded = Buffer.concat([decipher.update(sealed.subarray(0, -tagBytes)), decipher.final()]);
    // The last record ends with a 2 and perhaps zeros.
    return JSON.parse(padded.subarray(0, padded.lastIndexOf(2)).toString()) as PushPayload;
  }

  return {
    endpoint,
    keys: { p256dh: own.toString('base64url'), auth: auth.toString('base64url') },
    read,
  };
}
