import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Section } from '@confab/protocol';
import type { Client } from '@confab/client';
import type { Live } from '../app/live.ts';
import type { Router } from '../app/router.ts';
import type { Memory } from '../platform/index.ts';
import { isClosed, standingOf } from '../rooms/standing.ts';
import { createArrangementStore, type ArrangementStore } from './arrangement-store.ts';
import { isSameRows, roomsIn, sidebarRows, type SidebarRow } from './sidebar-rows.ts';

export interface SidebarState {
  /** The same array while the rows and their order are the same. */
  readonly rows: ReadonlySignal<readonly SidebarRow[]>;
  readonly arrangement: ArrangementStore;
  readonly unreadOnly: ReadonlySignal<boolean>;
  section(id: string): Section | undefined;
  toggleUnreadOnly(): void;
  /** The room above or below the open one, or the next with something unread, going round. Null when there is none. */
  neighbour(step: 1 | -1, options: { unread: boolean }): string | null;
}

const unreadOnlyName = 'sidebar.unread-only';

export function createSidebarState(deps: {
  client: Client;
  live: Live;
  router: Router;
  memory: Memory;
}): SidebarState {
  const { client, live, router, memory } = deps;
  const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });
  const arrangement = createArrangementStore({ client, live });
  const unreadOnly = signal(memory.read(unreadOnlyName, (value): value is true => value === true) ?? false);
  const openRoom = computed(() => {
    const route = router.route.value;
    return route.name === 'room' ? route.roomId : null;
  });
  /** The open room where it would not be listed by itself: most that one goes to are. */
  const heldRoom = computed(() => {
    const id = openRoom.value;
    if (id === null) return null;
    live.follow(`room:${id}`);
    const room = client.state.rooms.get(id);
    const isListed = room !== undefined && !isClosed(room) && room.room.archivedAt === null;
    const isAllShown = !unreadOnly.value && arrangement.sections.value.every(({ isFolded }) => !isFolded);
    return isListed && isAllShown ? null : id;
  });
  let last: readonly SidebarRow[] = Object.freeze([]);
  const sorted = new Map<string, readonly string[]>();
  const rows = computed(() => {
    live.follow('rooms');
    const choice = {
      arrangement: arrangement.sections.value,
      unreadOnly: unreadOnly.value,
      roomId: heldRoom.value,
    };
    const next = sidebarRows(client.state, choice, { collator, last: { rows: last, sorted } });
    if (!isSameRows(last, next)) last = next;
    return last;
  });

  function neighbour(step: 1 | -1, { unread }: { unread: boolean }): string | null {
    const ids = roomsIn(rows.value);
    const from = ids.indexOf(openRoom.value ?? '');
    for (let distance = 1; distance <= ids.length; distance += 1) {
      const start = from === -1 && step === -1 ? 0 : from;
      const id = ids[(start + step * distance + ids.length * 2) % ids.length];
      const room = id === undefined ? undefined : client.state.rooms.get(id);
      if (!room || id === openRoom.value) continue;
      if (!unread || standingOf(client.state, room).isUnread) return room.room.id;
    }
    return null;
  }

  const section = (id: string): Section | undefined =>
    arrangement.sections.value.find((one) => one.id === id);

  return {
    rows,
    arrangement,
    unreadOnly,
    section,
    toggleUnreadOnly() {
      unreadOnly.value = !unreadOnly.value;
      memory.write(unreadOnlyName, unreadOnly.value || null);
    },
    neighbour,
  };
}
