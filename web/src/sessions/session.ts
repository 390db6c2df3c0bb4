/**
 * Whether somebody is signed in on this browser.
 *
 *   starting    nobody knows yet; nothing kept on the device
 *   signed-in   there is something to show: kept, or from the server
 *   signed-out  the server knows no session
 *   set-up      nobody has been here yet: the workspace has no owner
 *   outdated    the server speaks another level than this page
 *
 *   starting → signed-in | signed-out | set-up; signed-out, set-up → signed-in; signed-in → signed-out (here or elsewhere)
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Output } from '@confab/protocol';
import { Refused, type Client } from '@confab/client';
import type { Http } from '../platform/http.ts';
import type { Cancel } from '../platform/timing.ts';

export type Phase = 'starting' | 'signed-in' | 'signed-out' | 'set-up' | 'outdated';

export interface Session {
  readonly phase: ReadonlySignal<Phase>;
  /** What anybody may know of the workspace; null until it was asked for. */
  readonly about: ReadonlySignal<Output<'workspace.about'> | null>;
  /** Reads what is kept and connects. Resolves when the former is done. */
  start(): Promise<void>;
  /** Asks what anybody may know, for pages that are shown without signing in. */
  learnAbout(): Promise<void>;
  /** A cookie was set: connects as its owner. */
  signedIn(): void;
  /** Ends the session and forgets everything on this device, also without a connection. */
  signOut(): Promise<void>;
}

const askAgainMs = 3_000;
/** The page itself comes from the device, and sockets set no cookies. */
const renewMs = 24 * 60 * 60_000;

export function createSession(deps: {
  client: Client;
  http: Http;
  after: (delayMs: number, run: () => void) => Cancel;
}): Session {
  const { client, http } = deps;
  const phase = signal<Phase>('starting');
  let isRenewed = false;
  const about = signal<Output<'workspace.about'> | null>(null);

  async function learnAbout(): Promise<void> {
    about.value = await http.call('workspace.about', {});
  }

  async function showDoor(): Promise<void> {
    try {
      await learnAbout();
      const { name } = client.connection;
      // Somebody may have signed in while this was asked.
      if (name !== 'ended' && name !== 'offline') return;
      phase.value = about.value?.setUp === false ? 'set-up' : 'signed-out';
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      deps.after(askAgainMs, () => void showDoor());
    }
  }

  /** Lets the cookie live as long as the session, while the page is open. */
  async function renew(): Promise<void> {
    isRenewed = true;
    deps.after(renewMs, () => (isRenewed = false));
    try {
      await learnAbout();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      isRenewed = false;
    }
  }

  async function connectionChanged(): Promise<void> {
    const { connection } = client;
    if (connection.name === 'live' && !isRenewed) await renew();
    if (connection.name !== 'ended') return;
    if (connection.error?.code === 'level_unsupported') {
      phase.value = 'outdated';
      return;
    }
    // A session ended on purpose takes what is kept here with it; one that ran out leaves it for its owner.
    if (connection.reason === 'signed_out') await leave();
    await showDoor();
  }

  function stateChanged(): void {
    if (client.state.me && client.connection.name !== 'ended') phase.value = 'signed-in';
  }

  async function leave(): Promise<void> {
    await client.stop();
    await client.forget();
  }

  client.subscribe('connection', () => void connectionChanged());
  client.subscribe('ready', stateChanged);

  return {
    phase,
    about,
    learnAbout,
    start: () => client.start(),
    signedIn() {
      void client.start().then(stateChanged);
    },
    async signOut() {
      await http.call('session.signOut', {});
      await leave();
      await learnAbout();
      phase.value = 'signed-out';
    },
  };
}
