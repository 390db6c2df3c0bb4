/**
 * One or more server frames, encoded once for any number of sockets.
 * `bytes` are complete unmasked WebSocket text frames (RFC 6455, 5.2), one for each text.
 */
export class Frame {
  readonly texts: readonly string[];
  #bytes: Buffer | undefined;

  constructor(...texts: readonly string[]) {
    this.texts = texts;
  }

  get bytes(): Buffer {
    this.#bytes ??= encode(this.texts);
    return this.#bytes;
  }
}

const finalText = 0x81;

function encode(texts: readonly string[]): Buffer {
  const lengths = texts.map((text) => Buffer.byteLength(text));
  const total = lengths.reduce((sum, length) => sum + headerLength(length) + length, 0);
  const bytes = Buffer.allocUnsafe(total);
  let at = 0;
  for (const [index, text] of texts.entries()) {
    const length = lengths[index] ?? 0;
    at = writeHeader(bytes, at, length);
    at += bytes.write(text, at);
  }
  return bytes;
}

function headerLength(length: number): number {
  if (length < 126) return 2;
  return length < 65_536 ? 4 : 10;
}

function writeHeader(bytes: Buffer, start: number, length: number): number {
  let at = bytes.writeUInt8(finalText, start);
  if (length < 126) return bytes.writeUInt8(length, at);
  if (length < 65_536) {
    at = bytes.writeUInt8(126, at);
    return bytes.writeUInt16BE(length, at);
  }
  at = bytes.writeUInt8(127, at);
  return bytes.writeBigUInt64BE(BigInt(length), at);
}
