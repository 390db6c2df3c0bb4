/** A device of a person: its disk stays, its client comes and goes. */
import { createClient, type Client } from '@confab/client';
import type { Sockets } from '@confab/client/platform/index';
import { createSeededRandom } from '@confab/server/platform/random/index';
import type { Build } from '../cluster/build.ts';
import type { Choices } from '../choices.ts';
import { createSimulatedClock, type SimulatedClock } from '../platform/clock.ts';
import type { Caller } from '../platform/network.ts';
import { createDisk } from '../platform/storage.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Trace } from '../trace.ts';

export interface Device extends Caller {
  readonly clock: SimulatedClock;
  /** The present one. */
  readonly client: Client;
  /** Loaded and neither stopped nor about to be. */
  readonly isOn: boolean;
  start(): void;
  /** In order: what is not written is written. */
  stop(): void;
  /** The page is gone in the middle of whatever it did, and loaded again. */
  reload(): void;
  /** Forgets a message that was refused. */
  letGoOf(clientId: string): void;
  hasLetGoOf(clientId: string): boolean;
  /** So soon that what was made at this virtual moment may not have been written. */
  wasReloadedSoonAfter(atMs: number): boolean;
  readonly nowMs: number;
}

export interface DeviceDeps {
  readonly scheduler: Scheduler;
  readonly choices: Choices;
  readonly trace: Trace;
  readonly caller: Caller;
  readonly sockets: Sockets;
  readonly build: Build;
  readonly onProblem: (part: string, error: unknown) => void;
}

/** One client fills its shelf of messages soon, so that letting go of some is tried, too. */
const messagesMax = 60;
const watchedRoomsMax = 4;
/** What was made so long before a reload is on the disk. */
const writingMs = 100;

export function createDevice(deps: DeviceDeps): Device {
  const { scheduler, choices, trace, caller } = deps;
  const disk = createDisk({ scheduler, choices, owner: caller.device });
  let page = load();
  let isOn = false;
  const letGo = new Set<string>();
  const reloadsMs: number[] = [];

  function load(): { client: Client; clock: SimulatedClock; unload: () => void } {
    const clock = createSimulatedClock(scheduler, caller.device);
    const { sockets, cutOff } = mortal(deps.sockets);
    const random = createSeededRandom(Math.floor(choices.between(0, 2 ** 31)));
    const storage = disk.mount();
    const client = createClient({
      url: 'http://confab.test',
      name: `simulation ${caller.device}`,
      platform: { clock, random, sockets, storage: deps.build.storage?.(storage) ?? storage },
      messagesMax,
      watchedRoomsMax,
      onProblem: deps.onProblem,
    });
    const unload = (): void => {
      clock.stop();
      cutOff();
    };
    return { client, clock, unload };
  }

  function start(): void {
    isOn = true;
    trace.note(`${caller.device} starts`);
    void page.client.start();
  }

  return {
    ...caller,
    get client() {
      return page.client;
    },
    get clock() {
      return page.clock;
    },
    get isOn() {
      return isOn;
    },
    start,
    stop() {
      isOn = false;
      trace.note(`${caller.device} stops`);
      void page.client.stop();
    },
    reload() {
      trace.note(`${caller.device} reloads`);
      if (choices.chance(0.5)) page.client.hint('hidden');
      page.unload();
      reloadsMs.push(scheduler.nowMs);
      page = load();
      start();
    },
    letGoOf(clientId) {
      letGo.add(clientId);
      page.client.discard(clientId);
    },
    hasLetGoOf: (clientId) => letGo.has(clientId),
    wasReloadedSoonAfter: (atMs) =>
      reloadsMs.some((reloadMs) => reloadMs >= atMs && reloadMs < atMs + writingMs),
    get nowMs() {
      return scheduler.nowMs;
    },
  };
}

/** Sockets that all end at once and are silent from then on. */
function mortal(sockets: Sockets): { sockets: Sockets; cutOff: () => void } {
  let isOver = false;
  const open = new Set<{ close(): void }>();
  return {
    sockets: {
      open(url, listener) {
        const socket = sockets.open(url, {
          opened: () => void (isOver || listener.opened()),
          message: (text) => void (isOver || listener.message(text)),
          closed() {
            open.delete(socket);
            if (!isOver) listener.closed();
          },
        });
        open.add(socket);
        return socket;
      },
    },
    cutOff() {
      isOver = true;
      for (const socket of open) socket.close();
    },
  };
}
