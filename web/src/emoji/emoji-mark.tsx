import { useApp } from '../app/app-context.ts';
import './emoji-mark.css';

/** An emoji as it goes over the wire: a character, or the name of a workspace's own between colons. */
export function EmojiMark({ emoji }: { emoji: string }) {
  const { client, live } = useApp();
  const name = /^:([^:]+):$/.exec(emoji)?.[1];
  if (name === undefined) return <span class="emoji-mark">{emoji}</span>;
  live.follow('emoji');
  const own = client.state.emoji.get(name);
  if (!own) return <span>{emoji}</span>;
  return <img class="emoji-mark emoji-mark--picture" src={`/api/v1/images/${own.picture}`} alt={emoji} />;
}
