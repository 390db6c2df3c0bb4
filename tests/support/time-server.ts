import { createSocket } from 'node:dgram';

export interface TestServer {
  /** host:port */
  readonly address: string;
  close(): Promise<void>;
}

const epochSeconds = 2_208_988_800;

/** An SNTP server (RFC 4330) whose clock is so far ahead of the machine's. @param stratum 0 says that it has no time itself */
export async function startTimeServer({
  aheadMs,
  stratum = 2,
}: {
  aheadMs: number;
  stratum?: number;
}): Promise<TestServer> {
  return startUdp((question) => {
    const answer = Buffer.alloc(48);
    answer.writeUInt8(0x24, 0);
    answer.writeUInt8(stratum, 1);
    question.copy(answer, 24, 40, 48);
    for (const at of [32, 40]) {
      const ms = Date.now() + aheadMs;
      answer.writeUInt32BE(Math.floor(ms / 1_000) + epochSeconds, at);
      answer.writeUInt32BE(Math.floor(((ms % 1_000) / 1_000) * 2 ** 32), at + 4);
    }
    return answer;
  });
}

/** A DNS server (RFC 1035) that knows no name, and says so. */
export async function startNameServer(): Promise<TestServer> {
  return startUdp((question) => {
    const answer = Buffer.from(question);
    answer.writeUInt16BE(0x8183, 2);
    return answer;
  });
}

async function startUdp(answer: (question: Buffer) => Buffer): Promise<TestServer> {
  const socket = createSocket('udp4');
  socket.on('message', (question, from) => socket.send(answer(question), from.port, from.address));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
