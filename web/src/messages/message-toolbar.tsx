import { useRef, useState } from 'preact/hooks';
import { Bookmark, BookmarkCheck, Ellipsis, MessageSquareReply, SmilePlus } from 'lucide';
import type { Message } from '@confab/protocol';
import { useApp, type App } from '../app/app-context.ts';
import { EmojiMark } from '../emoji/emoji-mark.tsx';
import { EmojiPopover } from '../emoji/emoji-popover.tsx';
import { emojiOf } from '../emoji/emoji-state.ts';
import { useWords } from '../language/index.ts';
import { IconButton } from '../ui/button.tsx';
import { useRovingFocus } from '../ui/roving-focus.ts';
import { hasReacted, openThreadOf, toggleReaction, toggleSaved } from './message-actions.ts';
import { MessageMenu } from './message-menu.tsx';
import { useMessagesPlace } from './messages-context.ts';
import { mayReply, quickReactions, useIsSaved } from './offered.ts';
import './message-toolbar.css';

/** What can be done with a message: beside it under a mouse, from the lower edge under a finger. */
export function MessageToolbar({ message }: { message: Message }) {
  const { ui } = useApp();
  return ui.device.touch.value ? <TouchMenu message={message} /> : <HoverToolbar message={message} />;
}

function TouchMenu({ message }: { message: Message }) {
  const { active } = useMessagesPlace();
  const close = (): void => {
    active.value = null;
  };
  return <MessageMenu message={message} anchor={document.body} withReactions onClose={close} />;
}

function HoverToolbar({ message }: { message: Message }) {
  const app = useApp();
  const words = useWords().messages.menu;
  const place = useMessagesPlace();
  const isSaved = useIsSaved(app, message.id);
  const [more, setMore] = useState<HTMLButtonElement | null>(null);
  const [isMenuOpen, setMenuOpen] = useState(false);
  const isDeleted = message.deletedAt !== null;
  const bar = useRef<HTMLDivElement>(null);
  useRovingFocus(bar, { items: 'button', axis: 'inline' });
  if (isDeleted && message.thread === null) return null;
  return (
    <div ref={bar} class="message-toolbar" role="toolbar" aria-label={words.label}>
      {place.mayWrite && !isDeleted && <QuickReactions app={app} message={message} />}
      {place.mayWrite && !isDeleted && <ReactButton message={message} />}
      {mayReply(place, message) && (
        <IconButton
          size="s"
          class="message-toolbar__reply"
          label={words.reply}
          keys="r"
          icon={MessageSquareReply}
          onClick={() => openThreadOf(app, message)}
        />
      )}
      {!isDeleted && (
        <IconButton
          size="s"
          label={isSaved ? words.unsave : words.save}
          icon={isSaved ? BookmarkCheck : Bookmark}
          pressed={isSaved}
          onClick={() => toggleSaved(app, message)}
        />
      )}
      {!isDeleted && (
        <IconButton
          ref={setMore}
          size="s"
          label={words.more}
          icon={Ellipsis}
          aria-haspopup="menu"
          aria-expanded={isMenuOpen}
          onClick={() => setMenuOpen(!isMenuOpen)}
        />
      )}
      {isMenuOpen && more && (
        <MessageMenu message={message} anchor={more} onClose={() => setMenuOpen(false)} />
      )}
    </div>
  );
}

function QuickReactions({ app, message }: { app: App; message: Message }) {
  const words = useWords().messages.reactions;
  return (
    <>
      {quickReactions.slice(0, 3).map((emoji) => (
        <button
          key={emoji}
          type="button"
          class="message-toolbar__quick"
          aria-label={words.with(emoji)}
          aria-pressed={hasReacted(app, message, emoji)}
          onClick={() => toggleReaction(app, message, emoji)}
        >
          <EmojiMark emoji={emoji} />
        </button>
      ))}
    </>
  );
}

function ReactButton({ message }: { message: Message }) {
  const app = useApp();
  const words = useWords().messages.reactions;
  const [button, setButton] = useState<HTMLButtonElement | null>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton
        ref={setButton}
        size="s"
        label={words.add}
        keys="+"
        icon={SmilePlus}
        data-react=""
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      />
      {open && button && (
        <EmojiPopover
          anchor={button}
          onPick={(choice) => toggleReaction(app, message, emojiOf(choice))}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
