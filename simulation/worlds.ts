/** The worlds that are simulated: who is there, how much happens, and how rough it is. */
import type { FaultWeights } from './faults.ts';
import { usual, type ActionWeights } from './people/actions.ts';
import { storm, type Weather } from './weather.ts';

export interface WorldRoom {
  readonly name: string;
  readonly kind: 'public' | 'private' | 'direct';
  /** Handles; the first makes it. */
  readonly people: readonly string[];
}

export interface World {
  readonly name: string;
  readonly nodes: number;
  /** Devices by handle. */
  readonly people: Readonly<Record<string, readonly string[]>>;
  readonly rooms: readonly WorldRoom[];
  /** What people do, and how often. */
  readonly habits: ActionWeights;
  readonly steps: number;
  /** Virtual milliseconds between two steps, at most. */
  readonly pauseMaxMs: number;
  /** How likely a step is a fault and no action. */
  readonly faultiness: number;
  readonly faults: FaultWeights;
  readonly storm: Weather;
  /** How much of a slow reader's queue each byte fills: few messages must be enough. */
  readonly byteWeight: number;
}

const faults: FaultWeights = {
  ...{ cutLink: 8, cutSilently: 3, stallLink: 8, splitBus: 3, crashNode: 3, drainNode: 2, jumpClock: 2 },
  ...{ cutDatabase: 2, reload: 5, goOffline: 3, jumpDeviceClock: 1 },
  ...{ failOver: 2, loseLease: 1, loseRedis: 2, cutRedis: 2 },
};

const small: World = {
  name: 'small',
  nodes: 2,
  people: { anna: ['anna', 'anna-phone'], bela: ['bela'], cleo: ['cleo'] },
  rooms: [
    { name: 'square', kind: 'public', people: ['anna', 'bela', 'cleo'] },
    { name: 'cabin', kind: 'private', people: ['anna', 'bela'] },
    { name: '', kind: 'direct', people: ['bela', 'cleo'] },
  ],
  habits: usual,
  steps: 60,
  pauseMaxMs: 200,
  faultiness: 0.2,
  faults,
  storm,
  byteWeight: 256,
};

const few = ['anna', 'bela', 'cleo'];

/** Rooms that not everybody may see, and people who come and go in them all the time. */
const doors: World = {
  ...small,
  name: 'doors',
  rooms: ['attic', 'cabin', 'cellar'].map((name, index) => ({
    name,
    kind: 'private',
    people: [...few.slice(index), ...few.slice(0, index)],
  })),
  habits: { ...usual, open: 20, knock: 6, leave: 6, remove: 10, invite: 8, turn: 3, archive: 0, posting: 0 },
};

const handles = [
  'anna',
  'bela',
  'cleo',
  'dino',
  'elsa',
  'finn',
  'gina',
  'hugo',
  'ines',
  'jona',
  'kira',
  'liam',
];

const full: World = {
  name: 'full',
  nodes: 3,
  people: Object.fromEntries(
    handles.map((handle, index) => [handle, index < 3 ? [handle, `${handle}-phone`] : [handle]]),
  ),
  rooms: [
    { name: 'square', kind: 'public', people: handles },
    { name: 'market', kind: 'public', people: handles.slice(0, 6) },
    { name: 'harbour', kind: 'public', people: handles.slice(4, 9) },
    { name: 'empty', kind: 'public', people: ['liam'] },
    { name: 'cabin', kind: 'private', people: handles.slice(0, 4) },
    { name: 'attic', kind: 'private', people: handles.slice(6) },
    { name: '', kind: 'direct', people: ['anna', 'bela'] },
    { name: '', kind: 'direct', people: ['cleo', 'dino', 'elsa'] },
  ],
  habits: usual,
  steps: 600,
  pauseMaxMs: 100,
  faultiness: 0.1,
  faults,
  storm,
  byteWeight: 64,
};

export const worlds = { small, doors, full };
export type WorldName = keyof typeof worlds;
