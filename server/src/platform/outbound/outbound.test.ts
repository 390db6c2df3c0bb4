import { once } from 'node:events';
import { createServer, request as plainRequest, type RequestListener, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createManualClock, systemClock } from '../clock/index.ts';
import { outboundContract } from './contract.ts';
import {
  createMemoryOutbound,
  createUndiciOutbound,
  readAllowed,
  readProxyUrl,
  type Outbound,
  type OutboundSettings,
} from './index.ts';
import type { Lookup } from './undici-sockets.ts';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

const none = { http: null, https: null, except: [] };
const usual = { maxBytes: 1_000, timeoutMs: 60_000, redirects: 3 };

async function serve(answer: RequestListener): Promise<{ server: Server; port: number }> {
  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push({
    close() {
      server.close();
      server.closeAllConnections();
    },
  });
  return { server, port: (server.address() as AddressInfo).port };
}

function open(
  settings: Partial<OutboundSettings> & { lookup?: Lookup; clock?: typeof systemClock },
): Outbound {
  const outbound = createUndiciOutbound({ allow: [], proxies: none, clock: systemClock, ...settings });
  opened.push(outbound);
  return outbound;
}

outboundContract('memory', (outside) =>
  Promise.resolve({
    outbound: createMemoryOutbound(outside, ['site.test']),
    origin: 'http://site.test',
  }),
);

outboundContract('undici', async (outside) => {
  const { port } = await serve((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (piece: string) => {
      body += piece;
    });
    request.on('end', () => {
      const {
        status = 200,
        headers = {},
        body: answer = '',
      } = outside({
        method: request.method as 'GET',
        url: request.url ?? '',
        headers: request.headers as Record<string, string>,
        body,
      });
      response
        .on('error', () => {})
        .writeHead(status, headers)
        .end(answer);
    });
  });
  return { outbound: open({ allow: [`127.0.0.1:${port}`] }), origin: `http://127.0.0.1:${port}` };
});

describe('names', () => {
  it('does not connect to a name that is inside, wholly or in part', async () => {
    for (const addresses of [
      ['127.0.0.1'],
      ['::1'],
      ['93.184.216.34', '10.0.0.1'],
      ['::ffff:10.0.0.1'],
      [],
    ]) {
      const lookup: Lookup = () =>
        Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
      const asked = open({ lookup }).request({ ...usual, url: 'http://site.example.org/' });
      await expect(asked).rejects.toMatchObject({ reason: 'inside' });
    }
  });

  it('asks for a name once for each connection: a second answer is never used without being looked at', async () => {
    let asked = 0;
    const { port } = await serve((_, response) => response.setHeader('connection', 'close').end('within'));
    const answers = ['127.0.0.1', '10.0.0.1'];
    const lookup: Lookup = () => Promise.resolve([{ address: answers[asked++] ?? '10.0.0.1', family: 4 }]);
    const outbound = open({ lookup, allow: [`site.example.org:${port}`] });
    expect((await outbound.request({ ...usual, url: `http://site.example.org:${port}/` })).status).toBe(200);
    expect(asked).toBe(1);
    const rebound = open({ lookup });
    await expect(rebound.request({ ...usual, url: 'http://site.example.org/' })).rejects.toMatchObject({
      reason: 'inside',
    });
  });

  it('says that a name is not known', async () => {
    const lookup: Lookup = () =>
      Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }));
    await expect(open({ lookup }).request({ ...usual, url: 'http://no.example.org/' })).rejects.toMatchObject(
      {
        reason: 'unreached',
        retryable: true,
      },
    );
  });
});

describe('time', () => {
  it.each([
    ['nothing comes', () => {}],
    ['the body never ends', (_request, response) => void response.writeHead(200).write('a')],
  ] as [string, RequestListener][])('is bounded when %s', async (_, answer) => {
    const clock = createManualClock();
    let began = (): void => {};
    const begun = new Promise<void>((resolve) => {
      began = resolve;
    });
    const { port } = await serve((request, response) => {
      answer(request, response);
      began();
    });
    const outbound = open({ allow: [`127.0.0.1:${port}`], clock });
    const asked = outbound.request({ ...usual, url: `http://127.0.0.1:${port}/` });
    const refused = expect(asked).rejects.toMatchObject({ reason: 'too-slow', retryable: true });
    await begun;
    clock.elapse(usual.timeoutMs);
    await refused;
  });
});

describe('a forward proxy', () => {
  it('connects in our place, is told whole URLs, and is asked for nothing inside', async () => {
    const told: string[] = [];
    const { port: sitePort } = await serve((_, response) => response.end('the site'));
    const { server, port } = await serve((request, response) => {
      told.push(`${request.method} ${request.url}`);
      plainRequest({ port: sitePort, host: '127.0.0.1' }, (answer) => answer.pipe(response)).end();
    });
    server.on('connect', (request, socket: Socket) => {
      told.push(`CONNECT ${request.url}`);
      const site = connect(sitePort, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        socket.pipe(site).pipe(socket);
      });
      for (const one of [site, socket]) one.on('error', () => one.destroy());
    });
    const proxy = `http://127.0.0.1:${port}/`;
    const proxies = { http: proxy, https: proxy, except: ['.near.example.org'] };
    const lookup: Lookup = () => Promise.resolve([{ address: '10.0.0.1', family: 4 }]);
    const outbound = open({ proxies, lookup });
    const answer = await outbound.request({ ...usual, url: 'http://site.example.org/a' });
    expect(Buffer.from(answer.body).toString()).toBe('the site');
    // The site speaks no TLS; how far it came is seen at the proxy.
    await expect(outbound.request({ ...usual, url: 'https://site.example.org/b' })).rejects.toMatchObject({
      reason: 'unreached',
    });
    for (const url of ['http://127.0.0.1/', 'http://db.internal/', 'http://it.near.example.org/']) {
      await expect(outbound.request({ ...usual, url })).rejects.toMatchObject({ reason: 'inside' });
    }
    expect(told).toEqual(['GET http://site.example.org/a', 'CONNECT site.example.org:443']);
  });
});

describe('settings', () => {
  it('reads what may be inside', () => {
    expect(readAllowed('Wiki.corp, 10.0.0.7:8080,[::1]:80')).toEqual([
      'wiki.corp',
      '10.0.0.7:8080',
      '[::1]:80',
    ]);
    expect(readAllowed('')).toEqual([]);
    expect(readAllowed('http://wiki.corp/')).toBeUndefined();
    expect(readAllowed('10.0.0.0/8')).toBeUndefined();
  });

  it('reads a proxy with and without its scheme', () => {
    expect(readProxyUrl('proxy.corp:3128')).toBe('http://proxy.corp:3128/');
    expect(readProxyUrl('https://ann:secret@proxy.corp')).toBe('https://ann:secret@proxy.corp/');
    expect(readProxyUrl('socks5://proxy.corp')).toBeUndefined();
  });
});
