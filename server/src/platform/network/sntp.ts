import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { unreached, Unreached } from './unreached.ts';
import { within } from './within.ts';

const usualPort = 123;
/** Seconds from 1900, where NTP begins, to 1970. */
const epochSeconds = 2_208_988_800;
const packetBytes = 48;
/** No leap warning, version 4, client. */
const question = 0x23;

/**
 * RFC 4330. The offset is ((t2 − t1) + (t3 − t4)) / 2 of the four moments at which the question and the answer left and came.
 * @param server name or address, with a port where it is not 123
 * @returns how far this machine is ahead, in milliseconds; negative when it is behind
 */
export async function clockOffset(server: string): Promise<number> {
  const { host, port } = placeOf(server);
  try {
    const { address, family } = await within(lookup(host));
    const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
    try {
      return await within(
        new Promise<number>((resolve, reject) => {
          socket.on('error', reject);
          const packet = Buffer.alloc(packetBytes);
          packet[0] = question;
          // A time of ours in the question comes back in the answer, and tells it from a forged or late one.
          const sentAt = Date.now();
          writeTime(packet, 40, sentAt);
          socket.on('message', (answer) => {
            const offset = offsetOf(answer, packet, sentAt, Date.now());
            if (offset instanceof Unreached) reject(offset);
            else if (offset !== null) resolve(offset);
          });
          socket.connect(port, address, () => socket.send(packet));
        }),
      );
    } finally {
      socket.close();
    }
  } catch (error) {
    throw unreached(error);
  }
}

/** Null for what is no answer to this question. */
function offsetOf(answer: Buffer, asked: Buffer, sentAt: number, cameAt: number): number | Unreached | null {
  if (answer.length < packetBytes || !answer.subarray(24, 32).equals(asked.subarray(40, 48))) return null;
  const leap = answer.readUInt8(0) >> 6;
  const stratum = answer.readUInt8(1);
  if (stratum === 0 || leap === 3) return new Unreached('it has no good time itself');
  const [receivedAt, answeredAt] = [readTime(answer, 32), readTime(answer, 40)];
  return Math.round(-(receivedAt - sentAt + (answeredAt - cameAt)) / 2);
}

function placeOf(server: string): { host: string; port: number } {
  const [, host = server, port] = /^\[?([^\]]+?)\]?:(\d+)$/.exec(server) ?? [];
  const isBare6 = server.includes('::') && !server.startsWith('[');
  return isBare6 || port === undefined ? { host: server, port: usualPort } : { host, port: Number(port) };
}

function writeTime(packet: Buffer, at: number, ms: number): void {
  packet.writeUInt32BE(Math.floor(ms / 1_000) + epochSeconds, at);
  packet.writeUInt32BE(Math.floor(((ms % 1_000) / 1_000) * 2 ** 32), at + 4);
}

function readTime(packet: Buffer, at: number): number {
  const seconds = packet.readUInt32BE(at) - epochSeconds;
  return seconds * 1_000 + (packet.readUInt32BE(at + 4) / 2 ** 32) * 1_000;
}
