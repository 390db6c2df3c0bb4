import {
  Agent as PlainAgent,
  request as plainRequest,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import type { Answer } from './index.ts';
import { unreached } from './unreached.ts';
import { within } from './within.ts';

const bodyBytesMax = 64 * 1024;

type Headers = Readonly<Record<string, string>>;

interface Asking {
  headers: Headers;
  /** False for a connection of its own. */
  agent: PlainAgent | false;
}

function open(url: string, { headers, agent }: Asking): ClientRequest {
  // Nothing secret is sent and nothing believed that is read here: whether to trust the certificate is another question,
  // and a server with a bad one should be examined all the same.
  return url.startsWith('https:')
    ? secureRequest(url, { headers, agent, rejectUnauthorized: false })
    : plainRequest(url, { headers, agent });
}

export async function get(url: string, headers: Headers = {}): Promise<Answer> {
  return (await ask(url, { headers, agent: false })).answer;
}

export async function countReused(url: string, times: number): Promise<number> {
  const options = { keepAlive: true, maxSockets: 1 };
  const agent = url.startsWith('https:') ? new SecureAgent(options) : new PlainAgent(options);
  let reused = 0;
  try {
    for (let count = 0; count < times; count += 1) {
      if ((await ask(url, { headers: {}, agent })).onOpenConnection) reused += 1;
    }
    return reused;
  } finally {
    agent.destroy();
  }
}

async function ask(url: string, asking: Asking): Promise<{ answer: Answer; onOpenConnection: boolean }> {
  const request = open(url, asking);
  try {
    const answer = await within(
      new Promise<Answer>((resolve, reject) => {
        request.once('error', reject);
        request.once('response', (response) => void read(response).then(resolve, reject));
        request.end();
      }),
    );
    return { answer, onOpenConnection: request.reusedSocket };
  } catch (error) {
    request.destroy();
    throw unreached(error);
  }
}

async function read(response: IncomingMessage): Promise<Answer> {
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) {
    if (body.length < bodyBytesMax) body += String(chunk);
  }
  const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(headers) as Record<string, string>,
    cookies: (response.headers['set-cookie'] ?? []).map((one) => one.split(';')[0] ?? ''),
    body: body.slice(0, bodyBytesMax),
  };
}

/** The key is the one of RFC 6455: nothing depends on it, since the connection ends at once. */
const handshake = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

export async function upgrade(url: string, headers: Headers = {}): Promise<number> {
  const request = open(url, { headers: { ...headers, ...handshake }, agent: false });
  try {
    return await within(
      new Promise<number>((resolve, reject) => {
        request.once('error', reject);
        request.once('response', (response) => resolve(response.statusCode ?? 0));
        request.once('upgrade', (response, socket) => {
          // It is the request's no more: left open, it would keep the program until the other side tires of it.
          socket.on('error', () => {}).destroy();
          resolve(response.statusCode ?? 101);
        });
        request.end();
      }),
    );
  } catch (error) {
    throw unreached(error);
  } finally {
    request.destroy();
  }
}
