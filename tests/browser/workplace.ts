/** A real Confab with its page, and people in front of it, each in a browser of their own. */
import { existsSync } from 'node:fs';
import { createApp, type App, type AppSettings, type Platform } from '@confab/server/app';
import { demoDomain, demoPassword, demoPeople } from '@confab/server/demo/index';
import type { Database, PostgresAddress } from '@confab/server/platform/postgres/index';
import { startDemo } from '@confab/server/start-demo';
import type { Input, Output, CallName } from '@confab/protocol';
import { calls } from '@confab/protocol';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { testPlatform, testSettings } from '../support/platform.ts';
import { cloneTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { builtPage } from './built-page.ts';

const chromiumPath = '/usr/bin/chromium';
export const hasChromium = existsSync(chromiumPath);

const bare = { domain: 'example.org', password: 'correct horse battery' };

export interface PersonOptions extends BrowserContextOptions {
  /** The page to open. */
  path?: string;
  /** Runs in each page before its own scripts. */
  initScript?: (() => void) | { content: string };
  /**
   * Each tab with a connection of its own, as where browsers have no shared workers: `setOffline` takes the network from
   * pages, and not from workers.
   */
  ownConnection?: boolean;
  /** What shows that the page is there, when it is not the chat. */
  ready?: string;
}

export interface Person {
  readonly handle: string;
  readonly page: Page;
  /** A call by HTTP as this person. */
  call<Name extends CallName>(name: Name, input: Input<Name>): Promise<Output<Name>>;
  /** Another browser of the same person. */
  elsewhere(options?: PersonOptions): Promise<Person>;
}

export interface Workplace {
  readonly url: string;
  /** Somebody of the workspace, made when first named, in a fresh browser with the page open. */
  person(name: string, options?: PersonOptions): Promise<Person>;
  /** A browser in which nobody is signed in. */
  visitor(options?: PersonOptions): Promise<Page>;
  /** For what would take too long by calls. */
  readonly database: Database;
  /** The room everyone is in. */
  readonly generalId: string;
  /** What any page complained about: thrown, logged, refused by the policy, or asked of another origin. */
  complaints(): readonly string[];
  stopServer(): Promise<void>;
  startServer(): Promise<void>;
  close(): Promise<void>;
}

export async function launchChromium(): Promise<Browser> {
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

/** In the Postgres of the test run, or in the one that a script started for itself. */
async function freshDatabase(postgres: PostgresAddress | undefined): Promise<TestDatabase> {
  if (postgres) return cloneTestDatabase(postgres, 20);
  const { createTestDatabase } = await import('../support/test-database.ts');
  return createTestDatabase({ connectionsMax: 20 });
}

/** What a look around finds: of each kind something, and nothing of the machine that the test happens to run on. */
const lookAround: NonNullable<Platform['examine']> = (area) =>
  Promise.resolve([
    { ids: ['TOP-1'], title: `first of ${area}`, status: 'pass', found: 'as it should be', mend: null },
    {
      ids: ['FS-1'],
      title: `second of ${area}`,
      status: 'warn',
      found: 'little left',
      mend: 'Make some room.',
    },
    { ids: ['PG-2'], title: `third of ${area}`, status: 'fail', found: 'LATIN1', mend: 'Make it anew.' },
    { ids: ['RED-1'], title: `fourth of ${area}`, status: 'skipped', found: 'not asked for', mend: null },
  ]);

export interface WorkplaceOptions {
  pageFolder?: string;
  postgres?: PostgresAddress;
  /** An outside, whose pages links get cards of. */
  outbound?: Platform['outbound'];
  /** What makes pictures of files that are none. */
  tools?: NonNullable<Platform['tools']>;
  /** What looks files through before they are served. */
  scanner?: NonNullable<Platform['scanner']>;
  /** By which password links and invitations go out. */
  mail?: NonNullable<Platform['mail']>;
  pushMode?: AppSettings['pushMode'];
}

/** `new`: nobody has been here yet. `bare`: an owner, Olive. `demo`: the people and rooms of `--demo`. */
export async function startWorkplace(
  world: 'new' | 'bare' | 'demo' = 'bare',
  { pageFolder, postgres, outbound, tools, scanner, mail, pushMode = 'off' }: WorkplaceOptions = {},
): Promise<Workplace> {
  const folder = pageFolder ?? (await builtPage());
  const { database, close: closeDatabase } = await freshDatabase(postgres);
  const start = (): Promise<App> =>
    createApp(
      {
        ...testPlatform(database),
        examine: lookAround,
        ...(outbound ? { outbound } : {}),
        ...(tools ? { tools } : {}),
        ...(scanner ? { scanner } : {}),
        ...(mail ? { mail } : {}),
      },
      { ...testSettings, pageFolder: folder, previews: outbound !== undefined, pushMode },
    );
  if (world === 'demo') await startDemo(testPlatform(database), testSettings);
  let app: App | null = await start();
  const port = await app.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${port}`;
  const browser = await launchChromium();
  const complaints: string[] = [];
  const doors = createDoors(url, world === 'demo' ? { domain: demoDomain, password: demoPassword } : bare);
  const people = new Set(world === 'demo' ? demoPeople.map(({ handle }) => handle) : ['olive']);
  if (world === 'bare') await doors.setUp();
  if (world === 'demo') await doors.signInOwner('ada');
  const generalId = world === 'new' ? '' : await doors.generalId();

  async function open(
    cookie: string | null,
    { path = '/', initScript, ownConnection = false, ...context }: Omit<PersonOptions, 'ready'>,
  ): Promise<Page> {
    const made = await browser.newContext({
      baseURL: url,
      viewport: { width: 1280, height: 800 },
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
      permissions: ['clipboard-read', 'clipboard-write'],
      // Each would fetch the whole page in the background; tests/browser/installed.test.ts tries them.
      serviceWorkers: 'block',
      ...context,
    });
    // A busy machine is slow, not broken.
    made.setDefaultTimeout(30_000);
    if (cookie !== null) await made.addCookies([{ name: 'confab_session', value: cookie, url }]);
    if (ownConnection) await made.addInitScript('delete globalThis.SharedWorker');
    if (initScript) await made.addInitScript(initScript);
    const page = await made.newPage();
    watch(page, url, complaints);
    await page.goto(path);
    return page;
  }

  async function person(
    name: string,
    { ready = '.sidebar, .main-frame', ...options }: PersonOptions = {},
  ): Promise<Person> {
    const handle = name.toLowerCase();
    if (!people.has(handle)) await doors.join(name);
    people.add(handle);
    const cookie = await doors.signIn(handle);
    const page = await open(cookie, options);
    await page.locator(ready).first().waitFor();
    return {
      handle,
      page,
      call: (callName, input) => doors.call(cookie, callName, input),
      elsewhere: (otherOptions) => person(name, otherOptions),
    };
  }

  return {
    url,
    database,
    generalId,
    person,
    visitor: (visitorOptions = {}) => open(null, visitorOptions),
    complaints: () => complaints,
    async stopServer() {
      await app?.close();
      app = null;
    },
    async startServer() {
      app = await start();
      await app.listen({ host: '127.0.0.1', port });
    },
    async close() {
      await browser.close();
      await app?.close();
      await closeDatabase();
    },
  };
}

/** The calls by HTTP that tests need before there is a page. */
function createDoors(url: string, { domain, password }: { domain: string; password: string }) {
  let owner = '';

  async function ask(path: string, request: RequestInit): Promise<{ body: unknown; cookie: string }> {
    const response = await fetch(`${url}/api/v1${path}`, request);
    const body: unknown = await response.json();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(body)}`);
    const cookie = /confab_session=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? '';
    return { body, cookie };
  }

  async function call<Name extends CallName>(
    cookie: string,
    name: Name,
    input: Input<Name>,
  ): Promise<Output<Name>> {
    const [method = 'GET', path = ''] = calls[name].http.split(' ');
    const rest: Record<string, unknown> = { ...input };
    const filled = path.replaceAll(/:(\w+)/g, (_, key: string) => {
      const value = String(rest[key]);
      delete rest[key];
      return encodeURIComponent(value);
    });
    const query = new URLSearchParams(Object.entries(rest).map(([key, value]) => [key, String(value)]));
    const isGet = method === 'GET';
    const { body } = await ask(isGet ? `${filled}?${query}` : filled, {
      method,
      headers: {
        cookie: `confab_session=${cookie}`,
        ...(isGet ? {} : { 'content-type': 'application/json' }),
      },
      ...(isGet ? {} : { body: JSON.stringify(rest) }),
    });
    return body as Output<Name>;
  }

  const post = (path: string, body: unknown) =>
    ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  async function signIn(handle: string): Promise<string> {
    const { cookie } = await post('/session', { email: `${handle}@${domain}`, password });
    return cookie;
  }

  return {
    call,
    async setUp(): Promise<void> {
      const { cookie } = await post('/set-up', {
        workspaceName: 'Test House',
        name: 'Olive Owner',
        handle: 'olive',
        email: `olive@${domain}`,
        password,
      });
      owner = cookie;
    },
    async signInOwner(handle: string): Promise<void> {
      owner = await signIn(handle);
    },
    async generalId(): Promise<string> {
      const { rooms } = await call(owner, 'room.mine', {});
      return rooms.find(({ room }) => room.name === 'general')?.room.id ?? rooms[0]?.room.id ?? '';
    },
    async join(name: string): Promise<void> {
      const handle = name.toLowerCase();
      const email = `${handle}@${domain}`;
      await call(owner, 'user.create', { email, name: `${name} Tester`, handle, password });
    },
    signIn,
  };
}

function watch(page: Page, url: string, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // Without a network a browser says so itself.
    if (
      message.type() === 'error' &&
      !/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|401/.test(message.text())
    ) {
      complaints.push(message.text());
    }
  });
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== url && protocol !== 'data:' && protocol !== 'blob:')
      complaints.push(`asked ${request.url()}`);
  });
}
