/** The loads that a bench can make, and how large they are unless told otherwise. */
import type { Plan } from './load/load-words.ts';

export interface Profile {
  readonly name: ProfileName;
  readonly meaning: string;
  readonly people: number;
  /** How many share a private room. */
  readonly teamSize: number;
  /** Where everybody looks: each at a team's room, or all at one. */
  readonly watches: 'team' | 'plenum';
  readonly perSecond: number;
  readonly plan: (wish: { perSecond: number; processes: number }) => Plan;
}

export const profileNames = ['office', 'talkative', 'big-room', 'hot-room', 'storm'] as const;
export type ProfileName = (typeof profileNames)[number];

const steady: Profile['plan'] = ({ perSecond, processes }) => ({
  kind: 'steady',
  perSecond: perSecond / processes,
});

/** Sends under way at once where a room takes as many as it can. */
const flooded = 256;

export const profiles: Readonly<Record<ProfileName, Profile>> = {
  office: {
    name: 'office',
    meaning: 'people who mostly read, with the weights of Mattermost’s load test',
    people: 200,
    teamSize: 10,
    watches: 'team',
    perSecond: 0,
    plan: () => ({ kind: 'office' }),
  },
  talkative: {
    name: 'talkative',
    meaning: 'many rooms of ten in which much is said',
    people: 200,
    teamSize: 10,
    watches: 'team',
    perSecond: 200,
    plan: steady,
  },
  'big-room': {
    name: 'big-room',
    meaning: 'one room that everybody looks at',
    people: 200,
    teamSize: 10,
    watches: 'plenum',
    perSecond: 50,
    plan: steady,
  },
  'hot-room': {
    name: 'hot-room',
    meaning: 'one room of ten that takes as many messages as it can',
    people: 10,
    teamSize: 10,
    watches: 'team',
    perSecond: 0,
    plan: ({ processes }) => ({ kind: 'flood', inFlight: Math.ceil(flooded / processes) }),
  },
  storm: {
    name: 'storm',
    meaning: 'all connections are lost at once and come back within ten seconds',
    people: 200,
    teamSize: 10,
    watches: 'team',
    perSecond: 20,
    plan: steady,
  },
};
