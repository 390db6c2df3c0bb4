import type { State } from '@confab/client';
import type { Words } from '../language/index.ts';
import type { DesktopNotice } from '../platform/index.ts';
import { signedTitleOf } from '../rooms/room-title.ts';
import { tagOf, type Occasion } from './occasion.ts';

/** How it reads. `more`: how many there are in the same place that nobody has read, besides this one. */
export function noticeText(
  state: State,
  words: Words,
  occasion: Occasion,
  { hidden, more }: { hidden: boolean; more: number },
): DesktopNotice {
  const said = words.notices;
  const base = { tag: tagOf(occasion), path: occasion.path, at: occasion.at };
  const ending = more === 0 ? '' : `\n${said.more(more)}`;
  if (hidden) {
    return { ...base, title: state.workspace?.name ?? 'Confab', body: said.somethingNew + ending };
  }
  const room = state.rooms.get(occasion.roomId)?.room;
  const author = state.users.get(occasion.authorId)?.name ?? words.messages.somebody;
  const text = occasion.excerpt === '' ? said.noText : occasion.excerpt;
  const isPair = room?.kind === 'direct' && room.people.length <= 2;
  const where = room ? signedTitleOf(state, room) : '';
  const title = isPair ? author : where;
  return {
    ...base,
    title: occasion.ordinal === null ? said.inThread(title) : title,
    body: (isPair ? text : `${author}: ${text}`) + ending,
  };
}
