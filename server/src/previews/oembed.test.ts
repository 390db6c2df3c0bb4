/** Sites with an oEmbed address, played by a server that answers in the shape of each one's documentation. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../platform/clock/index.ts';
import { createUndiciOutbound, type Outbound } from '../platform/outbound/index.ts';
import { oembedUrl } from './oembed.ts';
import { readPage } from './read-page.ts';

interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly body: string | Buffer;
}

/** By host and path; what is not there is not found. */
let answers: Record<string, Answer> = {};
let asked: string[] = [];
const server = createServer((request, response) => {
  const url = (request.url ?? '').slice(1);
  asked.push(url);
  const {
    status = 200,
    type = 'application/json',
    body,
  } = answers[url.split('?')[0] ?? ''] ?? {
    status: 404,
    body: 'Not Found',
  };
  response.writeHead(status, { 'content-type': type, 'content-encoding': 'gzip' }).end(gzipSync(body));
});
let outside: Outbound;
/** The outside is this server, but for what is no https: that goes where it says, by the guard. */
const outbound: Pick<Outbound, 'request'> = {
  request: (request) =>
    outside.request({ ...request, url: request.url.replace(/^https:\/\//, `http://127.0.0.1:${port()}/`) }),
};
const port = (): number => (server.address() as AddressInfo).port;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  outside = createUndiciOutbound({
    clock: systemClock,
    allow: [`127.0.0.1:${port()}`],
    proxies: { http: null, https: null, except: [] },
  });
  picture = await sharp({ create: { width: 480, height: 360, channels: 3, background: '#3a6ea5' } })
    .jpeg()
    .toBuffer();
});
afterAll(async () => {
  await outside.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  answers = {};
  asked = [];
});
let picture: Buffer;

const html = '<iframe src="https://player.example.org" onload="alert(1)"></iframe>';
const rich = { version: '1.0', type: 'rich', html };
const video = { version: '1.0', type: 'video', html, width: 640, height: 360 };

const providers = [
  {
    links: [
      'https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=42s',
      'https://youtu.be/dQw4w9WgXcQ',
      'https://m.youtube.com/shorts/dQw4w9WgXcQ',
      'https://music.youtube.com/watch?v=dQw4w9WgXcQ',
      'https://youtube.com/live/dQw4w9WgXcQ',
    ],
    at: 'www.youtube.com/oembed',
    query: 'format=json&url=',
    says: {
      ...video,
      title: 'A Song & <b>Dance</b>',
      author_name: 'A Singer',
      author_url: 'https://www.youtube.com/@singer',
      provider_name: 'YouTube',
      provider_url: 'https://www.youtube.com/',
      thumbnail_url: 'https://i.ytimg.com/vi/dQw4w9WgXcQ/hqdefault.jpg',
      thumbnail_width: 480,
      thumbnail_height: 360,
    },
    card: { title: 'A Song & <b>Dance</b>', text: 'A Singer', site: 'YouTube' },
  },
  {
    links: ['https://vimeo.com/76979871', 'https://vimeo.com/channels/staffpicks/76979871'],
    at: 'vimeo.com/api/oembed.json',
    query: 'url=',
    says: {
      ...video,
      title: 'The New Player',
      description: 'It may look the same on the surface.',
      author_name: 'The Staff',
      provider_name: 'Vimeo',
      provider_url: 'https://vimeo.com/',
      is_plus: '0',
      account_type: 'enterprise',
      duration: 62,
      upload_date: '2013-10-15 14:08:29',
      video_id: 76_979_871,
      uri: '/videos/76979871',
      thumbnail_url: 'https://i.vimeocdn.com/video/452001751_295x166',
      thumbnail_width: 295,
      thumbnail_height: 166,
    },
    card: { title: 'The New Player', text: 'The Staff', site: 'Vimeo' },
  },
  {
    links: [
      'https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC?si=abc',
      'https://open.spotify.com/episode/7',
    ],
    at: 'open.spotify.com/oembed',
    query: 'url=',
    says: {
      ...rich,
      iframe_url: 'https://open.spotify.com/embed/track/4uLU6hMCjMI75M1A2tKUQC',
      title: 'A Song',
      provider_name: 'Spotify',
      provider_url: 'https://spotify.com',
      thumbnail_url: 'https://image-cdn-ak.spotifycdn.com/image/ab67616d',
      thumbnail_width: 300,
      thumbnail_height: 300,
    },
    card: { title: 'A Song', text: null, site: 'Spotify' },
  },
  {
    links: ['https://soundcloud.com/forss/flickermood'],
    at: 'soundcloud.com/oembed',
    query: 'format=json&url=',
    says: {
      ...rich,
      version: 1,
      width: '100%',
      height: 400,
      title: 'Flickermood by Forss',
      description: 'From the Soulhack album',
      author_name: 'Forss',
      author_url: 'https://soundcloud.com/forss',
      provider_name: 'SoundCloud',
      provider_url: 'https://soundcloud.com',
      thumbnail_url: 'https://i1.sndcdn.com/artworks-000067273316-smsiqx-t500x500.jpg',
    },
    card: { title: 'Flickermood by Forss', text: 'Forss', site: 'SoundCloud' },
  },
] as const;

const cases = providers.flatMap(({ links, ...rest }) => links.map((link) => ({ link, ...rest })));

describe('a link', () => {
  it.each(cases)(
    '$link is asked of at its provider, for words and picture alone',
    async ({ link, ...one }) => {
      const thumbnail = one.says.thumbnail_url.replace('https://', '');
      answers = {
        [one.at]: { body: JSON.stringify(one.says) },
        [thumbnail]: { type: 'image/jpeg', body: picture },
      };
      const found = await readPage(outbound, link);
      expect(asked).toEqual([`${one.at}?${one.query}${encodeURIComponent(link)}`, thumbnail]);
      expect(found).toMatchObject(one.card);
      expect(found?.picture?.length).toBe(picture.length);
      expect(JSON.stringify({ ...found, picture: null })).not.toContain('iframe');
    },
  );

  it.each([
    ['it is not embeddable', { status: 401, body: 'Unauthorized' }],
    ['there is none', { status: 404, body: 'Not Found' }],
    [
      'it is private',
      { body: JSON.stringify({ ...video, provider_name: 'YouTube', domain_status_code: 403 }) },
    ],
    ['the answer is a page', { type: 'text/html', body: '<title>Before you go on</title>' }],
    ['the answer is cut', { body: '{"title": "A So' }],
    ['the answer is no object', { body: '["title"]' }],
    ['the answer is nothing', { body: 'null' }],
    ['its words are none', { body: JSON.stringify({ ...video, title: { toString: 'x' }, author_name: 7 }) }],
    ['the answer is too large', { body: JSON.stringify({ title: 'x'.repeat(70_000) }) }],
  ])('of which the provider says nothing is asked itself: %s', async (_, answer) => {
    answers = {
      'www.youtube.com/oembed': answer,
      'www.youtube.com/watch': { type: 'text/html; charset=utf-8', body: '<title>The page itself</title>' },
    };
    const found = await readPage(outbound, 'https://www.youtube.com/watch?v=1');
    expect(asked).toHaveLength(2);
    expect(found).toMatchObject({ title: 'The page itself', picture: null });
  });

  it.each([
    'http://127.0.0.1:9/inside.png',
    'http://169.254.169.254/latest/meta-data/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:image/png;base64,AAAA',
    '//i.ytimg.com/vi/1.jpg',
    'not an address',
    '',
  ])('has no picture where the provider names %s', async (thumbnail) => {
    const says = { ...video, title: 'A Song', thumbnail_url: thumbnail };
    answers = { 'www.youtube.com/oembed': { body: JSON.stringify(says) } };
    const found = await readPage(outbound, 'https://youtu.be/1');
    expect(found).toMatchObject({ title: 'A Song', picture: null });
    expect(asked).toHaveLength(1);
  });

  it.each([
    'https://youtube.com.example.org/watch?v=1',
    'https://example.org/https://www.youtube.com/watch?v=1',
    'https://www.youtube.com@example.org/watch?v=1',
    'http://www.youtube.com/watch?v=1',
    'https://www.youtube.com/',
    'https://notvimeo.com/1',
    'https://vimeo.com/',
    'https://spotify.com/track/1',
  ])('%s is no provider’s', (link) => {
    expect(oembedUrl(link)).toBeNull();
  });
});
