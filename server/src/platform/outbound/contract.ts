import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Outbound, OutboundRequest } from './index.ts';
import type { Outside } from './memory.ts';

const usual = { maxBytes: 1_000, timeoutMs: 60_000, redirects: 3 };
/** Nothing listens there: what may be asked by mistake fails as `unreached` and not as `inside`. */
const inside: readonly string[] = [
  'http://127.0.0.1/',
  'http://127.1/',
  'http://2130706433/',
  'http://0x7f.0.0.1/',
  'http://0x7f000001/',
  'http://0177.0.0.1/',
  'http://017700000001/',
  'http://127.0.0.1./',
  'http://127。0。0。1/',
  'http://①②⑦.0.0.1/',
  'http://0.0.0.0/',
  'http://0/',
  'http://10.1.2.3/',
  'http://100.64.0.1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://172.31.255.255/',
  'http://192.168.0.1/',
  'http://198.18.0.1/',
  'http://224.0.0.1/',
  'http://255.255.255.255/',
  'http://[::]/',
  'http://[::1]/',
  'http://[0:0:0:0:0:0:0:1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::127.0.0.1]/',
  'http://[64:ff9b::127.0.0.1]/',
  'http://[64:ff9b:1::1]/',
  'http://[2002:7f00:1::]/',
  'http://[2001::1]/',
  'http://[fc00::1]/',
  'http://[fe80::1]/',
  'http://[fec0::1]/',
  'http://[ff02::1]/',
  'http://localhost/',
  'http://LOCALHOST./',
  'http://a.localhost/',
  'http://printer/',
  'http://metadata.google.internal/',
  'http://nas.local/',
];

/**
 * What every way to the outside promises.
 * @param open gives an outside that answers as it is told, at `origin`, which may be asked.
 */
export function outboundContract(
  name: string,
  open: (outside: Outside) => Promise<{ outbound: Outbound; origin: string }>,
): void {
  const ask = async (outside: Outside, request: Partial<OutboundRequest> = {}) => {
    const { outbound, origin } = await open(outside);
    const { url = '/', ...rest } = request;
    const full = url.startsWith('/') ? origin + url : url;
    return { origin, answer: await outbound.request({ ...usual, ...rest, url: full }) };
  };

  describe(`outbound: ${name}`, { timeout: 60_000 }, () => {
    it('asks, and gives any status as the answer', async () => {
      const { origin, answer } = await ask(
        ({ method, body, headers }) => ({
          status: 404,
          headers: { 'X-Kind': 'test' },
          body: `${method} ${String(body)} ${headers?.['x-mine']}`,
        }),
        { method: 'POST', body: 'hello', url: '/a?b', headers: { 'x-mine': 'yes' } },
      );
      expect(answer).toMatchObject({ status: 404, url: `${origin}/a?b` });
      expect(answer.headers['x-kind']).toBe('test');
      expect(Buffer.from(answer.body).toString()).toBe('POST hello yes');
    });

    it.each(inside)('does not ask %s', async (url) => {
      await expect(ask(() => ({}), { url })).rejects.toMatchObject({
        name: 'OutboundFailure',
        reason: 'inside',
        retryable: false,
      });
    });

    it.each([
      ['ftp://example.org/', 'scheme'],
      ['file:///etc/passwd', 'scheme'],
      ['data:text/plain,hello', 'scheme'],
      ['http://', 'scheme'],
      ['http://ann:secret@example.org/', 'credentials'],
      ['http://example.org@127.0.0.1/', 'credentials'],
      ['http://example.org:22/', 'port'],
      ['https://example.org:6379/', 'port'],
    ])('does not ask %s', async (url, reason) => {
      await expect(ask(() => ({}), { url })).rejects.toMatchObject({ reason });
    });

    it('looks at each redirect as at the first URL, and counts them', async () => {
      const to = (location: string) => () => ({ status: 302, headers: { location } });
      const refused = async (location: string) =>
        ask(to(location)).then(
          () => 'asked',
          (error: { reason?: string }) => error.reason,
        );
      expect(await refused('/')).toBe('redirects');
      expect(await refused('http://[::ffff:10.0.0.1]/')).toBe('inside');
      expect(await refused('//2130706433/')).toBe('inside');
      expect(await refused('file:///etc/passwd')).toBe('scheme');
      expect(await refused('http://ann:secret@example.org/')).toBe('credentials');
      const { answer } = await ask(to('http://10.0.0.1/'), { redirects: 0 });
      expect(answer).toMatchObject({ status: 302, headers: { location: 'http://10.0.0.1/' } });
    });

    it('follows a redirect, after a POST with a GET', async () => {
      const { origin, answer } = await ask(
        ({ url, method, body }) =>
          url.endsWith('/to')
            ? { body: `${method} ${body === undefined || body === '' ? 'nothing' : String(body)}` }
            : { status: 303, headers: { location: '/to' } },
        { method: 'POST', body: 'hello' },
      );
      expect(answer.url).toBe(`${origin}/to`);
      expect(Buffer.from(answer.body).toString()).toBe('GET nothing');
    });

    it('refuses what is too large, or keeps its beginning', async () => {
      const large = (): { body: string } => ({ body: 'x'.repeat(1_001) });
      await expect(ask(large)).rejects.toMatchObject({ reason: 'too-large' });
      expect((await ask(large, { whenLarger: 'cut' })).answer.body).toHaveLength(1_000);
      expect((await ask(large, { maxBytes: 1_001 })).answer.body).toHaveLength(1_001);
    });

    it('unpacks, and counts what comes out', async () => {
      const packed = (bytes: number) => () => ({
        headers: { 'content-encoding': 'gzip' },
        body: gzipSync(Buffer.alloc(bytes, 'x')),
      });
      expect((await ask(packed(900))).answer.body).toHaveLength(900);
      await expect(ask(packed(20_000_000))).rejects.toMatchObject({ reason: 'too-large' });
      expect((await ask(packed(20_000_000), { whenLarger: 'cut' })).answer.body).toHaveLength(1_000);
      const broken = () => ({ headers: { 'content-encoding': 'gzip' }, body: 'not packed' });
      await expect(ask(broken)).rejects.toMatchObject({ reason: 'unreadable' });
      const unknown = () => ({ headers: { 'content-encoding': 'pigeon' }, body: 'coo' });
      await expect(ask(unknown)).rejects.toMatchObject({ reason: 'unreadable' });
    });
  });
}
