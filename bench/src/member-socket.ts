/** A WebSocket client thin enough not to be the bottleneck: frames are counted by their headers, rarely decoded. */
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';

export interface MemberSocket {
  sendText(text: string): void;
  close(): void;
}

export interface MemberTarget {
  /** This machine unless told. */
  readonly host?: string;
  readonly port: number;
  readonly path: string;
  readonly isTls?: boolean;
  readonly localAddress?: string;
}

export interface MemberListener {
  /** Which byte of a frame tells an event from everything else. */
  eventByte?: { at: number; is: number };
  /** Event frames seen in one read. */
  onEvents(count: number): void;
  /** Every frame as it lies in what was read, from here to there. */
  onFrame?(bytes: Buffer, from: number, to: number): void;
  /** The connection is gone. */
  onClose?(): void;
  /** Every text frame, decoded; leave it out to save the work. */
  onText?(text: string): void;
  /** The server has said something: the greeting is over. */
  onFirst?(): void;
  /** The server stopped sending a stream event by event: it stands at `head`. */
  onResync?(frame: { stream: string; head: number }): void;
}

/** `{"t":"event"…`: the seventh byte tells an event from everything else the server sends. */
const tellingByte = 6;
const letterE = { at: tellingByte, is: 0x65 };
const letterR = 0x72;

export function openMemberSocket(target: MemberTarget, listener: MemberListener): Promise<MemberSocket> {
  return new Promise((resolve, reject) => {
    const { host = '127.0.0.1', port, localAddress } = target;
    const place = { host, port, noDelay: true, ...(localAddress === undefined ? {} : { localAddress }) };
    const socket = target.isTls ? connectTls({ ...place, servername: host }) : connect(place);
    const early = (): void => reject(new Error('the connection was closed before it was let in'));
    socket.once('close', early);
    socket.once('error', reject);
    socket.write(
      `GET ${target.path} HTTP/1.1\r\nHost: ${host}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    );
    let greeting = Buffer.alloc(0);
    const greet = (chunk: Buffer): void => {
      greeting = Buffer.concat([greeting, chunk]);
      const end = greeting.indexOf('\r\n\r\n');
      if (end === -1) return;
      socket.off('data', greet);
      socket.off('error', reject);
      socket.off('close', early);
      socket.once('close', () => listener.onClose?.());
      socket.on('error', () => socket.destroy());
      if (!greeting.toString('latin1').startsWith('HTTP/1.1 101')) {
        reject(new Error(greeting.toString('latin1').split('\r\n')[0]));
        return;
      }
      const read = frameReader(listener);
      socket.on('data', read);
      read(greeting.subarray(end + 4));
      resolve({
        sendText(text) {
          // What is said in one turn leaves in one packet.
          if (socket.writableCorked === 0) {
            socket.cork();
            process.nextTick(() => socket.uncork());
          }
          socket.write(maskedFrame(text));
        },
        close: () => socket.destroy(),
      } satisfies MemberSocket);
    };
    socket.on('data', greet);
  });
}

/** Follows frame headers over chunk borders. */
function frameReader(listener: MemberListener): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let isFirst = true;
  const { eventByte = letterE } = listener;
  return (chunk) => {
    if (isFirst && chunk.length > 0) {
      isFirst = false;
      listener.onFirst?.();
    }
    let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    let events = 0;
    while (bytes.length - at >= 2) {
      let length = (bytes[at + 1] ?? 0) & 127;
      let header = 2;
      if (length === 126) {
        if (bytes.length - at < 4) break;
        length = bytes.readUInt16BE(at + 2);
        header = 4;
      } else if (length === 127) {
        if (bytes.length - at < 10) break;
        length = Number(bytes.readBigUInt64BE(at + 2));
        header = 10;
      }
      if (bytes.length - at < header + length) break;
      const body = at + header;
      if (bytes[body + eventByte.at] === eventByte.is) events += 1;
      else if (bytes[body + tellingByte] === letterR && listener.onResync) {
        const frame = JSON.parse(bytes.toString('utf8', body, body + length)) as {
          t: string;
          stream: string;
          head: number;
        };
        if (frame.t === 'resync') listener.onResync(frame);
      }
      listener.onFrame?.(bytes, body, body + length);
      listener.onText?.(bytes.toString('utf8', body, body + length));
      at = body + length;
    }
    bytes = bytes.subarray(at);
    rest = bytes.length === 0 ? bytes : Buffer.from(bytes);
    if (events > 0) listener.onEvents(events);
  };
}

/** With a mask that changes nothing (RFC 6455, 5.3): a load has nobody to protect from its own words. */
function maskedFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const header = length < 126 ? 2 : 4;
  const frame = Buffer.alloc(header + 4 + length);
  frame[0] = 0x81;
  frame[1] = 0x80 | (length < 126 ? length : 126);
  if (header === 4) frame.writeUInt16BE(length, 2);
  frame.write(text, header + 4);
  return frame;
}

/** The decimal number that begins there; 0 where none does. */
export function numberAt(bytes: Buffer, from: number): number {
  let number = 0;
  for (let at = from; (bytes[at] ?? 0) >= 48 && (bytes[at] ?? 0) <= 57; at += 1)
    number = number * 10 + (bytes[at] ?? 0) - 48;
  return number;
}
