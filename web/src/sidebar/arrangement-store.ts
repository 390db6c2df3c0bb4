import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { CallName, Input, Output, Section } from '@confab/protocol';
import type { Client } from '@confab/client';
import type { Live } from '../app/live.ts';
import {
  changeSection,
  moveSection,
  orderRooms,
  placeRoom,
  removeSection,
  usualArrangement,
  type Arrangement,
} from './arrangement.ts';

/** Each change is seen at once and resolves when the server's word has come; it rejects with `Refused`, and is undone. */
export interface ArrangementStore {
  readonly sections: ReadonlySignal<Arrangement>;
  /** This one only when the server has it. Resolves with its id. */
  create(section: Input<'section.create'>): Promise<string>;
  change(id: string, changed: Omit<Input<'section.change'>, 'sectionId'>): Promise<void>;
  /** Above another one; null for last. */
  move(id: string, before: string | null): Promise<void>;
  /** Into a section, where that sorts it; a built-in one takes it out of the own ones. */
  place(roomId: string, sectionId: string): Promise<void>;
  /** Sorted by hand from now on, in this order. */
  order(sectionId: string, roomIds: readonly string[]): Promise<void>;
  remove(id: string): Promise<void>;
}

type Change = (sections: Arrangement) => Arrangement;

/** Kept by the server for all devices; what is on its way there lies over what it said last. */
export function createArrangementStore(deps: {
  client: Pick<Client, 'state' | 'call' | 'reached'>;
  live: Live;
}): ArrangementStore {
  const { client, live } = deps;
  const underway = signal<readonly Change[]>([]);
  const sections = computed(() => {
    live.follow('sections');
    live.follow('ready');
    const confirmed: Arrangement = [...client.state.sections.values()];
    return underway.value.reduce<Arrangement>(
      (before, change) => change(before),
      confirmed.length === 0 ? usualArrangement : confirmed,
    );
  });

  async function run<Name extends SectionCommand>(
    name: Name,
    input: Input<Name>,
    change: Change,
  ): Promise<Output<Name>> {
    underway.value = [...underway.value, change];
    try {
      const output = await client.call(name, input);
      await client.reached(output.position);
      return output;
    } finally {
      underway.value = underway.value.filter((one) => one !== change);
    }
  }

  return {
    sections,
    create: async (section) => (await run('section.create', section, (before) => before)).sectionId,
    change: async (id, changed) => {
      // What is left out stays; the types tell it from what is undefined.
      const seen = changed as Partial<Omit<Section, 'id'>>;
      await run('section.change', { sectionId: id, ...changed }, (all) => changeSection(all, id, seen));
    },
    move: async (id, before) => {
      await run('section.move', { sectionId: id, before }, (all) => moveSection(all, id, before));
    },
    place: async (roomId, sectionId) => {
      await run('section.placeRoom', { sectionId, roomId }, (all) => placeRoom(all, roomId, sectionId));
    },
    order: async (sectionId, roomIds) => {
      await run('section.arrange', { sectionId, roomIds: [...roomIds] }, (all) =>
        orderRooms(all, sectionId, roomIds),
      );
    },
    remove: async (id) => {
      await run('section.delete', { sectionId: id }, (all) => removeSection(all, id));
    },
  };
}

type SectionCommand = Extract<CallName, `section.${string}`> & Exclude<CallName, 'section.list'>;
