import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { builtPage } from './built-page.ts';

const chromiumPath = '/usr/bin/chromium';
export const hasChromium = existsSync(chromiumPath);

/** As strict as a page can be without a hole: what the server sends, less the addresses of the socket and of files. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

export type GalleryOptions = {
  width?: number;
  theme?: 'light' | 'dark';
  reducedMotion?: boolean;
  /** opens a dialog from the start */
  hash?: string;
  /** what an earlier visit stored */
  stored?: { theme: string; density: string };
};

export type GalleryBrowser = {
  open: (options?: GalleryOptions) => Promise<Page>;
  /** what the pages complained about: refused by the policy, thrown, logged as an error */
  complaints: () => readonly string[];
  close: () => Promise<void>;
};

/** Builds the gallery as it would be shipped, serves it under the policy, and opens it in Chromium. */
export async function startGallery(): Promise<GalleryBrowser> {
  const folder = await builtPage('gallery');
  const server = await serve(folder);
  const browser = await launch();
  const complaints: string[] = [];
  return {
    open: (options = {}) => openPage(browser, server.url, options, complaints),
    complaints: () => complaints,
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

async function openPage(
  browser: Browser,
  url: string,
  options: GalleryOptions,
  complaints: string[],
): Promise<Page> {
  const { width = 1440, theme = 'light', reducedMotion = false, hash = '', stored } = options;
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: theme,
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    ...(stored === undefined
      ? {}
      : {
          storageState: {
            cookies: [],
            origins: [
              { origin: url, localStorage: [{ name: 'confab.appearance', value: JSON.stringify(stored) }] },
            ],
          },
        }),
  });
  // a busy machine is slow, not broken
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    const text = message.text();
    // one avatar shows what becomes of a picture that is not there
    if (message.type() === 'error' && !message.location().url.endsWith('/missing.png')) complaints.push(text);
  });
  await page.goto(`${url}/gallery.html${hash}`);
  await ready(page);
  return page;
}

/** Until everything is drawn and listens. */
export async function ready(page: Page): Promise<void> {
  await page.locator('.ui-timeline__row').first().waitFor();
  await settled(page);
  await settled(page);
}

/** Two frames: what was asked for is drawn, and what that asked for in turn. */
export function settled(page: Page): Promise<void> {
  return page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );
}

async function serve(folder: string): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://gallery').pathname;
    readFile(join(folder, path)).then(
      (body) => {
        const type = types[extname(path)] ?? 'application/octet-stream';
        response.writeHead(200, { 'content-type': type, 'content-security-policy': policy });
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
