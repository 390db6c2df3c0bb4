import { createMemoryOutbound } from '@confab/server/platform/outbound/index';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import type { Person, Workplace } from '../browser/workplace.ts';
import { as, type Scene } from './scene.ts';

interface Told {
  readonly title: string;
  readonly text?: string;
  readonly site?: string;
  readonly picture?: string;
}

/** By address: what pages of several languages say of themselves. */
const pages: Readonly<Record<string, Told>> = {
  '/sea': {
    title: 'The tide today',
    text: 'High water at 14:20, a light wind from the west, and a long evening on the beach.',
    site: 'The Coast',
    picture: 'wide',
  },
  '/recipe': {
    title: 'Bread in a day',
    text: 'Flour, water, salt and time.',
    site: 'The Kitchen',
    picture: 'square',
  },
  '/plain': { title: 'Minutes of the meeting', site: 'wiki.example.org' },
  '/de': {
    title: 'Donaudampfschifffahrtsgesellschaft: Fahrplan und Betriebseinschränkungen im Winterhalbjahr',
    text: 'Zwischen Linz und Passau verkehren die Schiffe bis auf Weiteres nur an Wochenenden und an gesetzlichen Feiertagen; Gruppenreisen sind nach Voranmeldung möglich.',
    site: 'Verkehrsverbund',
    picture: 'square',
  },
  '/ja': {
    title: '京都の紅葉、見頃は今週末まで',
    text: '市内の寺院では夜間特別拝観が行われ、ライトアップされた庭園を歩くことができます。混雑が予想されるため、公共交通機関の利用が勧められています。',
    site: '観光ニュース',
    picture: 'wide',
  },
  '/long': {
    title: `A title without an end ${'and another part of it '.repeat(12)}`,
    text: `${'Unbroken'.repeat(30)} ${'and then many ordinary words '.repeat(12)}`,
    site: `${'a-very-long-host-name.'.repeat(4)}example.org`,
    picture: 'tall',
  },
};

const sizes = { wide: [1_200, 630], square: [300, 300], tall: [300, 900] } as const;

async function outside(): ReturnType<NonNullable<Scene['surroundings']>> {
  const pictures = new Map<string, Buffer>();
  for (const [name, [width, height]] of Object.entries(sizes)) {
    // A sky over a sea, so that a picture that is cut or drawn out shows.
    const sea = { width, height: Math.round(height / 3), channels: 3 as const, background: '#1f5f8b' };
    const below = { input: await sharp({ create: sea }).png().toBuffer(), gravity: 'south' };
    const sky = { width, height, channels: 3 as const, background: '#f2b880' };
    pictures.set(name, await sharp({ create: sky }).composite([below]).png().toBuffer());
  }
  const outbound = createMemoryOutbound(({ url }) => {
    const { pathname } = new URL(url);
    const picture = pictures.get(pathname.slice(1));
    if (picture) return { headers: { 'content-type': 'image/png' }, body: picture };
    const told = pages[pathname];
    if (!told) return { status: 404 };
    return { headers: { 'content-type': 'text/html; charset=utf-8' }, body: htmlOf(told) };
  });
  return { outbound };
}

function htmlOf({ title, text, site, picture }: Told): string {
  const metas = { 'og:description': text, 'og:site_name': site, 'og:image': picture && `/${picture}` };
  const said = Object.entries(metas).flatMap(([name, content]) =>
    content === undefined ? [] : `<meta property="${name}" content="${content}">`,
  );
  return `<title>${title}</title>${said.join('')}`;
}

const says = [
  'Both for the weekend: https://coast.example.org/sea and https://kitchen.example.org/recipe',
  'https://verkehr.example.org/de https://kanko.example.org/ja https://wiki.example.org/plain',
  'Nobody has shortened this: https://wiki.example.org/long',
];

/** Waits until all pages are told of. */
async function talk(place: Workplace): Promise<void> {
  const ada: Person = await place.person('Ada');
  const roomId = place.generalId;
  for (const [index, text] of says.entries())
    await ada.call('message.send', { roomId, clientId: `cards-of-links-${index}`, text });
  for (let cards = 0; cards < Object.keys(pages).length;) {
    const { messages } = await ada.call('room.history', { roomId });
    cards = messages.flatMap(({ previews = [] }) => previews).length;
  }
  await ada.page.context().close();
}

/** Its message stands in view, with the pictures that are near. */
const before = (text: string) => async (page: Page, place: Workplace) => {
  await page.goto(`/room/${place.generalId}`);
  const row = page.locator('.room-timeline .message').filter({ hasText: text });
  await row.locator('.preview').first().scrollIntoViewIfNeeded();
  await page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLImageElement>('.preview img')].some((image) => image.naturalWidth > 0),
  );
};

/** Cards of links: with all kinds of pictures, and in several languages. */
export const cards: Scene = {
  name: 'cards',
  world: 'bare',
  surroundings: outside,
  prepare: talk,
  open: as('Ada'),
  shots: [
    { name: 'with pictures', go: before('Both for the weekend') },
    { name: 'in other languages', go: before('verkehr.example.org') },
    { name: 'of long words', go: before('Nobody has shortened') },
  ],
};
