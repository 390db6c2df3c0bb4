import type { Output } from '@confab/protocol';
import { errors, type ErrorCode } from '@confab/protocol/errors';
import { sql } from '@confab/server/kit/sql';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import type { Workplace } from '../browser/workplace.ts';
import { as, type Scene } from './scene.ts';

const tray = '.upload-tray li';

/** Files, on their way, refused, and in a message. */
export const files: Scene = {
  name: 'files',
  world: 'bare',
  open: as('Ada'),
  shots: [
    {
      name: 'on their way',
      async go(page, place) {
        await general(page, place);
        const sea = { width: 900, height: 600, channels: 3 as const, background: '#3a6ea5' };
        const buffer = await sharp({ create: sea }).png().toBuffer();
        const picture = { name: 'sea.png', mimeType: 'image/png', buffer };
        await attach(page, [picture, text('notes.txt', 'one line\nanother')]);
        await page.locator(`${tray}[data-status=done]`).nth(1).waitFor();
        await film(page);
        await page.locator(`${tray}[data-status=done]`).nth(2).waitFor();
      },
    },
    {
      name: 'in a message',
      async go(page) {
        await page.locator('.room-timeline .message-field').fill('From the coast');
        // Enter begins a new line on a phone.
        await page.locator('.room-timeline .composer__send').click();
        await page.locator('.message-file').last().waitFor();
        await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) > 0);
      },
    },
    {
      name: 'in the viewer',
      async go(page) {
        // Where a screen is very low, what floats above the room covers it.
        await page.locator('.message-picture').last().dispatchEvent('click');
        await page.locator('.file-viewer img').waitFor();
      },
    },
    {
      name: 'looked through',
      async go(page, place) {
        const names = ['offer.docx', 'report of the year.zip', 'whole disk.iso', 'letter.txt'];
        await general(page, place);
        const sea = { width: 500, height: 300, channels: 3 as const, background: '#3a6ea6' };
        const buffer = await sharp({ create: sea }).png().toBuffer();
        const others = names.map((name) => text(name, `${name} of ${page.url()}`));
        await attach(page, [{ name: 'sky.png', mimeType: 'image/png', buffer }, ...others]);
        await page.locator(`${tray}[data-status=done]`).nth(names.length).waitFor();
        await page.locator('.room-timeline .composer__send').click();
        await page.locator(tray).first().waitFor({ state: 'detached' });
        await withhold(place);
        const path = `/api/v1/rooms/${place.generalId}/messages`;
        const { messages } = (await (await page.request.get(path)).json()) as Output<'room.history'>;
        await page.goto(`/room/${place.generalId}/message/${messages.at(-1)?.id}`);
        await page.locator('.file-card__check').last().waitFor();
      },
    },
    {
      name: 'refused',
      async go(page, place) {
        await general(page, place);
        await refusePieces(page, ['too_large', 'limit_reached', 'forbidden']);
        const names = ['a film of the whole summer.mp4', 'quota.pdf', 'guest.txt', 'store away.txt'];
        await attach(
          page,
          names.map((name) => text(name, name)),
        );
        await page.locator(`${tray}[data-status=failed]`).nth(2).waitFor();
        await page.locator(`${tray}[data-status=waiting]`).waitFor();
      },
      leave: takeBackAll,
    },
  ],
};

/** As a virus scanner leaves them that is not there: of the newest message two wait, one was infected, and one is too large. */
async function withhold({ database }: Workplace): Promise<void> {
  await database.rows(sql`
    update contents c set scan = x.scan, finding = x.finding, scan_due_at = now() + interval '1 day'
    from files f, (values ('sky.png', 'waiting', null), ('letter.txt', 'waiting', null),
      ('whole disk.iso', 'too_large', null), ('offer.docx', 'infected', 'Doc.Downloader.Agent-7183920-0'))
      as x(name, scan, finding)
    where f.content_hash = c.hash and f.name = x.name`);
}

type Attached = { name: string; mimeType: string; buffer: Buffer };

function text(name: string, words: string): Attached {
  return { name, mimeType: 'text/plain', buffer: Buffer.from(words) };
}

async function general(page: Page, place: Workplace): Promise<void> {
  await page.goto(`/room/${place.generalId}`);
  await page.locator('.room-timeline .composer .message-field').waitFor();
}

async function attach(page: Page, attached: Attached[]): Promise<void> {
  const more = page.locator('.composer__more[aria-expanded=false]');
  if ((await more.count()) > 0) await more.click();
  await page.locator('.room-timeline .composer input[type=file]').setInputFiles(attached);
}

async function takeBackAll(page: Page): Promise<void> {
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  for (let left = await page.locator(tray).count(); left > 0; left -= 1) {
    await page.locator(tray).first().getByRole('button').last().click();
    await page
      .locator(tray)
      .nth(left - 1)
      .waitFor({ state: 'detached' });
  }
}

/** Pieces of files get these refusals, one after the other; then the store is away. */
async function refusePieces(page: Page, codes: readonly ErrorCode[]): Promise<void> {
  const left = [...codes];
  await page.route(/\/files\/\d+\/content/, (route) => {
    if (route.request().method() !== 'PATCH') return route.continue();
    const code = left.shift() ?? 'unavailable';
    const { status, text: message } = errors[code];
    return route.fulfill({ status, json: { code, message, data: {} } });
  });
}

/** Drops a short film, which the browser makes itself. */
async function film(page: Page): Promise<void> {
  await page.locator('.room-timeline .message-field').evaluate(async (field) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [640, 360];
    const brush = canvas.getContext('2d');
    const recorder = new MediaRecorder(canvas.captureStream(10));
    const pieces: Blob[] = [];
    recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data));
    const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve));
    recorder.start();
    for (let frame = 0; frame < 40; frame += 1) {
      brush?.rect(frame * 16, 0, 8, 360);
      brush?.fill();
      await new Promise(requestAnimationFrame);
    }
    recorder.stop();
    await stopped;
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(pieces, 'waves.webm', { type: 'video/webm' }));
    field.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
  });
}
