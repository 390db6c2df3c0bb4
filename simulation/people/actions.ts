/** All that people do, and how often: a seed chooses by these weights. */
import type { Action } from './actor.ts';
import { reading } from './reading.ts';
import { roomActions } from './rooms.ts';
import { talking } from './talking.ts';

export const actions = { ...talking, ...reading, ...roomActions } satisfies Record<string, Action>;

export type ActionName = keyof typeof actions;
export type ActionWeights = Readonly<Record<ActionName, number>>;

export const usual: ActionWeights = {
  ...{
    send: 24,
    burst: 6,
    reply: 8,
    quote: 2,
    edit: 5,
    delete: 3,
    react: 6,
    pin: 2,
    save: 2,
    draft: 4,
    failed: 2,
  },
  ...{
    typing: 2,
    open: 10,
    knock: 2,
    close: 3,
    openThread: 3,
    closeThread: 1,
    scroll: 3,
    read: 10,
    unread: 2,
  },
  ...{
    readAll: 1,
    readThread: 3,
    followThread: 2,
    create: 1,
    openDirect: 2,
    join: 5,
    leave: 3,
    invite: 4,
    remove: 2,
  },
  ...{
    role: 1,
    rename: 1,
    topic: 2,
    turn: 2,
    posting: 1,
    archive: 1,
    preferences: 1,
    profile: 1,
    status: 1,
    theme: 1,
  },
};
