/** Small questions to components over the network: each bounded in time, and null when there was no answer. */
import { request } from 'node:http';
import { connect, type NetConnectOpts } from 'node:net';

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

export function askHttp(
  url: string,
  { method = 'GET', body: question = '', timeoutMs = 1_500 } = {},
): Promise<HttpAnswer | null> {
  return new Promise((resolve) => {
    const asked = request(url, { method, agent: false, timeout: timeoutMs }, (answer) => {
      let body = '';
      answer.setEncoding('utf8');
      answer.on('data', (text: string) => (body += text));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
      answer.on('error', () => resolve(null));
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(null));
    asked.on('close', () => resolve(null));
    asked.end(question);
  });
}

/**
 * Sends lines to a port or a socket file, and gives all that comes back until the other side closes, or until
 * `isWhole` says that nothing more will come.
 */
export function askSocket(
  where: NetConnectOpts,
  words: string,
  {
    isWhole = () => false,
    timeoutMs = 1_500,
  }: { isWhole?: (text: string) => boolean; timeoutMs?: number } = {},
): Promise<string | null> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(where, () => void socket.write(words));
    const done = (answer: string | null): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setEncoding('utf8');
    socket.setTimeout(timeoutMs, () => done(null));
    socket.on('error', () => done(null));
    socket.on('data', (part: string) => {
      text += part;
      if (isWhole(text)) done(text);
    });
    socket.on('end', () => done(text));
  });
}

/** JSON, or null for what is none. */
export function readJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
