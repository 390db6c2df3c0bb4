import type { Caller } from '../kit/caller.ts';
import type { Handlers } from '../kit/handlers.ts';
import type { Random } from '../platform/random/index.ts';
import type { Beat } from './plan-story.ts';

export interface Demo {
  /** By handle. */
  readonly callers: ReadonlyMap<string, Caller>;
  /** Room name → id. */
  readonly rooms: ReadonlyMap<string, string>;
}

/** The demo's world: handlers whose clock stands wherever the story is. */
export interface DemoWorld {
  readonly handlers: Handlers;
  readonly random: Random;
  /** Sets the time at which what follows happens. */
  moveTo(at: number): void;
  readonly now: number;
}

/** Makes what was planned happen, each at its time. A room `@ada,mei` is the conversation of those two. */
export async function tellStory(world: DemoWorld, demo: Demo, beats: readonly Beat[]): Promise<void> {
  const { handlers } = world;
  const messages = new Map<number, string>();
  const directs = new Map<string, string>();

  function callerOf(handle: string): Caller {
    const caller = demo.callers.get(handle);
    if (!caller) throw new Error(`the demo knows no ${handle}`);
    return caller;
  }

  async function roomOf(name: string, caller: Caller): Promise<string> {
    const known = demo.rooms.get(name) ?? directs.get(name);
    if (known !== undefined) return known;
    if (!name.startsWith('@')) throw new Error(`the demo knows no room ${name}`);
    const others = name.slice(1).split(',').map(callerOf);
    const userIds = others.map(({ userId }) => userId).filter((id) => id !== caller.userId);
    const { room } = await handlers['room.openDirect'](caller, { userIds });
    directs.set(name, room.room.id);
    return room.room.id;
  }

  for (const beat of beats) {
    world.moveTo(beat.at);
    if (beat.kind === 'say') {
      const caller = callerOf(beat.handle);
      const { messageId } = await handlers['message.send'](caller, {
        roomId: await roomOf(beat.room, caller),
        clientId: world.random.id(),
        text: beat.text,
        threadId: beat.root === null ? null : (messages.get(beat.root) ?? null),
      });
      messages.set(beat.key, messageId);
    } else {
      const { emoji } = beat;
      const messageId = messages.get(beat.to) ?? '';
      // At once, since each one alone waits for the disk.
      await Promise.all(
        beat.handles.map((handle) => handlers['reaction.add'](callerOf(handle), { messageId, emoji })),
      );
    }
  }
}
