import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createPlainServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a balancer does, or does not. Without options it does all as it should, before two nodes. */
export interface EntranceOptions {
  cookie?: 'sticks' | 'is ignored' | 'none';
  keepAlive?: boolean;
  /** How people who come without TLS are answered. */
  plain?: 'redirect' | 'page' | 'elsewhere';
  forwardsAddress?: boolean;
  /** The status that a WebSocket gets. */
  upgrade?: number;
  hidesMetrics?: boolean;
  secure?: boolean;
  certificate?: Certificate;
}

export interface Entrance {
  readonly url: string;
  readonly plainPort: number;
  /** In PEM, of who signed its certificate. */
  readonly authority: string;
  close(): Promise<void>;
}

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** For localhost, signed by itself. */
export function makeCertificate(days: number, name = 'localhost'): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'confab-certificate-'));
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const made = spawnSync('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-days', String(days), '-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`],
      ...['-keyout', key, '-out', cert],
    ]);
    if (made.status !== 0) throw new Error(`no certificate: ${String(made.stderr)}`);
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A small balancer before two nodes, north and south, which it plays itself: what they say is of the real ones. */
export async function startEntrance(options: EntranceOptions = {}): Promise<Entrance> {
  const { plain = 'redirect', upgrade = 101, secure = true } = options;
  const certificate = options.certificate ?? (secure ? makeCertificate(90) : { key: '', cert: '' });
  const answer = answering(options);
  const entrance = secure ? createSecureServer(certificate, answer) : createPlainServer(answer);
  entrance.on('upgrade', (_request, socket) => {
    const words =
      upgrade === 101
        ? '101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket'
        : `${upgrade} No\r\ncontent-length: 0\r\nconnection: close`;
    socket.on('error', () => {});
    socket.end(`HTTP/1.1 ${words}\r\n\r\n`);
  });
  const port = await listen(entrance);
  const url = `${secure ? 'https' : 'http'}://localhost:${port}`;
  const door = createPlainServer((request, response) => {
    if (plain === 'page') response.end('welcome');
    else
      response
        .writeHead(301, {
          location: `${plain === 'redirect' ? url : 'https://other.example.org'}${request.url}`,
        })
        .end();
  });
  const plainPort = await listen(door);
  return {
    url,
    plainPort,
    authority: certificate.cert,
    async close() {
      for (const server of [entrance, door]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

function answering(options: EntranceOptions): RequestListener {
  const { cookie = 'sticks', keepAlive = true, forwardsAddress = true, hidesMetrics = false } = options;
  let turn = 0;
  return (request, response) => {
    const given = /node=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
    turn += 1;
    const node = given !== undefined && cookie === 'sticks' ? given : ['north', 'south'][turn % 2];
    if (!keepAlive) response.setHeader('connection', 'close');
    if (given === undefined && cookie !== 'none')
      response.setHeader('set-cookie', `node=${node}; Path=/; HttpOnly`);
    if (request.url === '/healthz') response.end(JSON.stringify({ alive: true, version: '1.2.0', node }));
    else if (request.url !== '/metrics') response.writeHead(404).end();
    else if (hidesMetrics) response.writeHead(403).end('forbidden');
    else if (forwardsAddress) response.writeHead(404).end('{"code":"not_found"}');
    else response.end('confab_connections 0\n');
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it has no port');
  return address.port;
}
