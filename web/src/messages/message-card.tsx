import type { ComponentChildren } from 'preact';
import type { Message } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { PersonFace } from '../people/person-face.tsx';
import { usePerson } from '../people/use-person.ts';
import { signedTitleOf } from '../rooms/room-title.ts';
import { messagePath } from './message-path.ts';
import { MessageText } from './message-text.tsx';
import './message-card.css';

type MessageCardProps = {
  message: Message;
  /** says which room it is of */
  withRoom?: boolean;
  /** over everything else */
  above?: ComponentChildren;
  /** buttons at the upper edge */
  actions?: ComponentChildren;
};

/** A message away from its room: in a list of pins, mentions, saved ones. Leads to where it stands. */
export function MessageCard({ message, withRoom = false, above, actions }: MessageCardProps) {
  const { client, time } = useApp();
  const words = useWords().messages;
  const author = usePerson(message.authorId);
  const room = client.state.rooms.get(message.roomId)?.room;
  const href = messagePath(message);
  const where = room ? signedTitleOf(client.state, room) : words.card.unknownRoom;
  return (
    <article class="message-card">
      {above}
      <header class="message-card__head">
        <PersonFace userId={message.authorId} size={28} />
        <span class="message-card__author">{author?.name ?? ' '}</span>
        <a href={href} class="message-card__time" data-tooltip={time.value.full(message.at)}>
          {withRoom && <span class="message-card__room">{where} · </span>}
          {time.value.stamp(message.at)}
        </a>
        {actions !== undefined && <span class="message-card__actions">{actions}</span>}
      </header>
      <div class="message-card__text">
        {message.deletedAt === null ? <MessageText message={message} /> : <p>{words.deleted}</p>}
      </div>
      <a class="message-card__link" href={href} aria-label={words.card.goTo(where)} />
    </article>
  );
}
