import type { Room } from '@confab/protocol';
import type { App } from '../../app/app-context.ts';
import { roomPath } from '../../app/routes.ts';
import { openShortcutList } from '../../app/shortcut-list.tsx';
import { confirmLeave } from '../../rooms/leave-room.tsx';
import { joinRoom } from '../../rooms/room-actions.ts';
import { parseStatus, type SlashCommand } from './slash-command.ts';

/** Does what was written. Answers whether the text has served its purpose. */
export async function runSlashCommand(app: App, room: Room, command: SlashCommand): Promise<boolean> {
  const { client, attempt, ownPresence, ui } = app;
  const words = app.words.value.composer;
  switch (command.name) {
    case 'away':
      ownPresence.setAway(!ownPresence.isAway.peek());
      ui.toasts.show({
        text: ownPresence.isAway.peek() ? words.nowAway : words.nowOnline,
      });
      return true;
    case 'status':
      return setStatus(app, command.rest);
    case 'topic':
      return attempt(client.call('room.change', { roomId: room.id, topic: command.rest }));
    case 'join':
      return join(app, command.rest.replace(/^#/, ''));
    case 'leave': {
      const mine = client.state.rooms.get(room.id);
      if (mine) confirmLeave(app, mine);
      return true;
    }
    case 'shortcuts':
      openShortcutList(app);
      return true;
    case 'unknown':
      ui.toasts.show({
        text: words.unknownCommand(command.word),
        tone: 'danger',
      });
      return false;
  }
}

async function setStatus({ client, attempt, ui, emoji, words }: App, rest: string): Promise<boolean> {
  const { statusSet, statusCleared } = words.value.composer;
  const { emoji: written, text } = parseStatus(rest);
  const status = rest === '' ? null : { emoji: await characterOf(emoji, written), text, until: null };
  const done = await attempt(client.call('user.setStatus', { status }));
  if (done) ui.toasts.show({ text: status === null ? statusCleared : statusSet });
  return done;
}

/** `:palm_tree:` becomes the character; a workspace's own stays a name between colons. */
async function characterOf(emoji: App['emoji'], written: string | null): Promise<string | null> {
  const shortcode = /^:([^:]+):$/.exec(written ?? '')?.[1];
  if (shortcode === undefined) return written;
  const table = await emoji.load();
  return table.byShortcode(shortcode)?.character ?? written;
}

async function join(app: App, name: string): Promise<boolean> {
  const { client, attempt, router, ui, words } = app;
  let found: Room | undefined;
  const asked = await attempt(
    client.call('room.browse', { names: [name] }).then(({ rooms }) => {
      found = rooms[0]?.room;
    }),
  );
  if (!asked) return false;
  if (found === undefined) {
    ui.toasts.show({ text: words.value.composer.unknownRoom(name), tone: 'danger' });
    return false;
  }
  if (!client.state.rooms.has(found.id) && !(await joinRoom(app, found.id))) return false;
  router.go(roomPath(found.id));
  return true;
}
