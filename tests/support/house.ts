/** The domains by which people come in and are governed, on a database of one's own and a clock that stands still. */
import { createAccounts } from '@confab/server/accounts/index';
import { streamName, type StreamEvent } from '@confab/server/delivery/index';
import { createEventLog } from '@confab/server/delivery/event-log';
import type { Caller, Visitor } from '@confab/server/kit/caller';
import { Refusal } from '@confab/server/kit/refusal';
import { createManualClock } from '@confab/server/platform/clock/index';
import { createSharpImages } from '@confab/server/platform/images/index';
import { createMemoryLog } from '@confab/server/platform/log/index';
import { createQuickPasswords, type Passwords } from '@confab/server/platform/passwords/index';
import { systemRandom } from '@confab/server/platform/random/index';
import { createRooms } from '@confab/server/rooms/index';
import { createSessions, type Credential, type Identity } from '@confab/server/sessions/index';
import { createUsers } from '@confab/server/users/index';
import { createWorkspace } from '@confab/server/workspace/index';
import { createTestDatabase } from './test-database.ts';

/** Somebody at the door with a browser that keeps its cookie. */
export interface TestVisitor extends Visitor {
  cookie: { secret: string; expiresAt: number } | null;
}

export type House = Awaited<ReturnType<typeof createHouse>>;

/** A tiny PNG. */
export const dot =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

export async function createHouse() {
  const { database, close } = await createTestDatabase({ connectionsMax: 20 });
  const clock = createManualClock();
  const logbook = createMemoryLog();
  const committed: StreamEvent[] = [];
  const log = await createEventLog({ database, clock, onCommit: (events) => committed.push(...events) });
  const passwords = countingPasswords();
  const deps = {
    database,
    clock,
    logbook,
    log,
    passwords,
    images: createSharpImages(),
    random: systemRandom,
  };
  const sessions = createSessions({ ...deps, publicUrl: 'https://chat.example.org', sendsMail: true });
  const workspace = createWorkspace({ ...deps, version: '1.2.3', sendsMail: true });
  const handlers = {
    ...createUsers(deps).handlers,
    ...createRooms(deps).handlers,
    ...sessions.handlers,
    ...createAccounts(deps).handlers,
    ...workspace.handlers,
  };
  let visitors = 0;

  /** Without an address, from one nobody else comes from. */
  function visitor(address = `198.51.100.${(visitors += 1)}`): TestVisitor {
    const one: TestVisitor = {
      address,
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
      cookie: null,
      startSession: (secret, expiresAt) => {
        one.cookie = { secret, expiresAt };
      },
      endSession: () => {
        one.cookie = null;
      },
    };
    return one;
  }

  async function identify(credential: Credential): Promise<Identity | null> {
    const [identity = null] = await sessions.identify([credential]);
    return identity;
  }

  /** Who shows this secret, as the gateway would have them. */
  async function callerBy(
    kind: 'cookie' | 'token',
    secret: string,
    from = visitor(),
  ): Promise<Caller | null> {
    const identity = await identify({ kind, secret });
    return identity && { ...from, ...identity, connectionId: null };
  }

  async function signedIn(from: TestVisitor): Promise<Caller> {
    const caller = await callerBy('cookie', from.cookie?.secret ?? '', from);
    if (!caller) throw new Error('the visitor did not get in');
    return caller;
  }

  return {
    database,
    clock,
    log,
    logbook,
    handlers,
    identify,
    writers: sessions.writers,
    passwords,
    visitor,
    callerBy,
    signedIn,
    password: 'correct horse',
    /** The owner of a new workspace. */
    async setUp(name = 'Olive Owner'): Promise<Caller> {
      const from = visitor();
      const email = 'olive@example.org';
      await handlers['workspace.setUp'](from, {
        workspaceName: 'Test',
        name,
        email,
        password: 'correct horse',
      });
      return signedIn(from);
    },
    /** Somebody the owner adds, signed in with the usual password. */
    async person(owner: Caller, handle: string, role: Caller['role'] = 'member'): Promise<Caller> {
      const email = `${handle}@example.org`;
      const password = 'correct horse';
      await handlers['user.create'](owner, { email, name: handle, handle, role, password });
      return this.signIn(handle);
    },
    async signIn(handle: string, from = visitor()): Promise<Caller> {
      const email = `${handle}@example.org`;
      await handlers['session.signIn'](from, { email, password: 'correct horse' });
      return signedIn(from);
    },
    /** What was committed since the last time, as `stream name`. */
    told(): string[] {
      return committed.splice(0).map((event) => `${streamName(event.stream)} ${event.name}`);
    },
    /** Events themselves, since the last time. */
    events(): StreamEvent[] {
      return committed.splice(0);
    },
    async close(): Promise<void> {
      await Promise.all([...sessions.chores, ...workspace.chores].map((chore) => chore.close()));
      await close();
    },
  };
}

function countingPasswords(): Passwords & { checked: number } {
  const quick = createQuickPasswords();
  const counting = {
    checked: 0,
    hash(password: string): Promise<string> {
      counting.checked += 1;
      return quick.hash(password);
    },
    verify(hash: string | null, password: string): Promise<boolean> {
      counting.checked += 1;
      return quick.verify(hash, password);
    },
  };
  return counting;
}

/** The refusal a call ends in, as `code` or `code field`; what it answers otherwise shows as `answered`. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'answered';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { field, path, needs } = error.data;
    const about = field ?? path ?? needs;
    return typeof about === 'string' ? `${error.code} ${about}` : error.code;
  }
}
