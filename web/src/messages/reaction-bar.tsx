import { useState } from 'preact/hooks';
import { SmilePlus } from 'lucide';
import type { Message, Reaction } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { EmojiMark } from '../emoji/emoji-mark.tsx';
import { EmojiPopover } from '../emoji/emoji-popover.tsx';
import { emojiOf } from '../emoji/emoji-state.ts';
import { useWords } from '../language/index.ts';
import { Icon } from '../ui/icon.tsx';
import { reactionsOf, toggleReaction } from './message-actions.ts';
import { useMessagesPlace } from './messages-context.ts';
import './reaction-bar.css';

/** Who reacted with what, below a message. */
export function ReactionBar({ message, isActive }: { message: Message; isActive: boolean }) {
  const app = useApp();
  const words = useWords().messages;
  const { mayWrite } = useMessagesPlace();
  const reactions = reactionsOf(app, message);
  if (reactions.length === 0) return null;
  return (
    <ul class="reactions" aria-label={words.reactions.label}>
      {reactions.map((reaction) => (
        <li key={reaction.emoji}>
          <ReactionChip message={message} reaction={reaction} isReachable={isActive} />
        </li>
      ))}
      {mayWrite && (
        <li>
          <AddReaction message={message} isReachable={isActive} />
        </li>
      )}
    </ul>
  );
}

/** Names in the tooltip; the rest are counted. */
const namesMax = 8;

type ChipProps = { message: Message; reaction: Reaction; isReachable: boolean };

function ReactionChip({ message, reaction, isReachable }: ChipProps) {
  const app = useApp();
  const words = useWords().messages;
  const { client, live, time } = app;
  const { mayWrite } = useMessagesPlace();
  const { emoji, userIds } = reaction;
  const ownId = client.state.me?.userId ?? '';
  const isMine = userIds.includes(ownId);
  const known = userIds.slice(0, namesMax).map((id) => {
    live.follow(`user:${id}`);
    return id === ownId ? words.you : (client.state.users.get(id)?.name ?? words.somebody);
  });
  const rest = userIds.length - known.length;
  const names = time.value.list(rest > 0 ? [...known, words.reactions.more(rest)] : known);
  return (
    <button
      type="button"
      class="reaction"
      tabIndex={isReachable ? 0 : -1}
      disabled={!mayWrite}
      aria-pressed={isMine}
      aria-label={`${emoji} ${userIds.length}, ${names}`}
      data-tooltip={names}
      onClick={() => toggleReaction(app, message, emoji)}
    >
      <EmojiMark emoji={emoji} />
      <span class="reaction__count">{userIds.length}</span>
    </button>
  );
}

function AddReaction({ message, isReachable }: { message: Message; isReachable: boolean }) {
  const app = useApp();
  const words = useWords().messages;
  const [button, setButton] = useState<HTMLButtonElement | null>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        ref={setButton}
        type="button"
        class="reaction reaction--add"
        tabIndex={isReachable ? 0 : -1}
        aria-label={words.reactions.add}
        data-tooltip={words.reactions.add}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon of={SmilePlus} size={15} />
      </button>
      {open && button && (
        <EmojiPopover
          anchor={button}
          placement="top-start"
          onPick={(choice) => toggleReaction(app, message, emojiOf(choice))}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
