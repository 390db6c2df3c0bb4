import {
  AlarmClock,
  Bookmark,
  Copy,
  Eye,
  History,
  Link,
  MessageSquareReply,
  Pencil,
  Pin,
  PinOff,
  Quote,
  Trash2,
} from 'lucide';
import type { Message } from '@confab/protocol';
import { useApp, type App } from '../app/app-context.ts';
import { EmojiMark } from '../emoji/emoji-mark.tsx';
import { useWords } from '../language/index.ts';
import { mayModerate } from '../rooms/may.ts';
import { openRemind } from '../saved/open-remind.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import type { Anchor } from '../ui/popover.tsx';
import { confirmDelete } from './delete-message.tsx';
import { openEditHistory } from './edit-history.tsx';
import {
  copyMessageLink,
  copyMessageText,
  hasReacted,
  markUnreadFrom,
  openThreadOf,
  toggleReaction,
  togglePinned,
  toggleSaved,
} from './message-actions.ts';
import { mayReply, quickReactions, useIsSaved } from './offered.ts';
import { useMessagesPlace, type MessagesPlace } from './messages-context.ts';

type MessageMenuProps = {
  message: Message;
  anchor: Anchor;
  onClose: () => void;
  /** under a finger there is no toolbar: what it has is here */
  withReactions?: boolean;
};

export function MessageMenu({ message, anchor, onClose, withReactions = false }: MessageMenuProps) {
  const app = useApp();
  const { menu: words, remind: reminding } = useWords().messages;
  const place = useMessagesPlace();
  const isSaved = useIsSaved(app, message.id);
  const isOwn = message.authorId === app.client.state.me?.userId;
  const { mayWrite } = place;
  return (
    <Menu label={words.label} anchor={anchor} placement="bottom-end" onClose={onClose}>
      {withReactions && mayWrite && <ReactionRow app={app} message={message} onClose={onClose} />}
      {withReactions && mayReply(place, message) && (
        <MenuItem icon={MessageSquareReply} onSelect={() => openThreadOf(app, message)}>
          {words.reply}
        </MenuItem>
      )}
      {mayWrite && (
        <MenuItem icon={Quote} onSelect={() => quote(place, message)}>
          {words.quote}
        </MenuItem>
      )}
      {withReactions && (
        <MenuItem icon={Bookmark} onSelect={() => toggleSaved(app, message)}>
          {isSaved ? words.unsave : words.save}
        </MenuItem>
      )}
      <MenuItem icon={AlarmClock} onSelect={() => openRemind(app, message)}>
        {reminding.menu}
      </MenuItem>
      {message.ordinal !== null && place.threadId === null && (
        <MenuItem icon={Eye} onSelect={() => markUnreadFrom(app, place, message)}>
          {words.unreadFromHere}
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem icon={Link} onSelect={() => void copyMessageLink(app, message)}>
        {words.copyLink}
      </MenuItem>
      <MenuItem icon={Copy} onSelect={() => void copyMessageText(app, message)}>
        {words.copyText}
      </MenuItem>
      {mayWrite && (
        <MenuItem icon={message.pinnedAt === null ? Pin : PinOff} onSelect={() => togglePinned(app, message)}>
          {message.pinnedAt === null ? words.pin : words.unpin}
        </MenuItem>
      )}
      {mayWrite && isOwn && (
        <MenuItem icon={Pencil} keys="e" onSelect={() => startEditing(place, message)}>
          {words.edit}
        </MenuItem>
      )}
      {message.editedAt !== null && (
        <MenuItem icon={History} onSelect={() => openEditHistory(app, message)}>
          {words.earlier}
        </MenuItem>
      )}
      {mayWrite && (isOwn || mayModerate(place.room, place.standing)) && (
        <MenuItem icon={Trash2} danger onSelect={() => confirmDelete(app, message)}>
          {words.delete}
        </MenuItem>
      )}
    </Menu>
  );
}

function quote(place: MessagesPlace, message: Message): void {
  place.quoted.value = message;
  place.focusComposer();
}

export function startEditing(place: MessagesPlace, message: Message): void {
  place.editing.value = message.id;
}

function ReactionRow({ app, message, onClose }: { app: App; message: Message; onClose: () => void }) {
  const words = useWords().messages.reactions;
  return (
    <div class="message-menu__reactions" role="group" aria-label={words.group}>
      {quickReactions.map((emoji) => (
        <button
          key={emoji}
          type="button"
          role="menuitemcheckbox"
          aria-checked={hasReacted(app, message, emoji)}
          aria-label={words.with(emoji)}
          onClick={() => {
            onClose();
            toggleReaction(app, message, emoji);
          }}
        >
          <EmojiMark emoji={emoji} />
        </button>
      ))}
    </div>
  );
}
