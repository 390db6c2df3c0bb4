import type { Room, SearchResult } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { roomPath } from '../app/routes.ts';
import { useWords } from '../language/index.ts';
import { messagePath } from '../messages/message-path.ts';
import { PersonFace } from '../people/person-face.tsx';
import { usePerson } from '../people/use-person.ts';
import { RoomSign } from '../rooms/room-sign.tsx';
import { titleOf } from '../rooms/room-title.ts';

/** Results that follow each other in one room. */
export function ResultGroup({ room, results }: { room: Room | undefined; results: readonly SearchResult[] }) {
  const { client } = useApp();
  const words = useWords().search;
  const title = room === undefined ? words.unknownRoom : titleOf(client.state, room);
  return (
    <section class="search-group" aria-label={title}>
      <h2 class="search-group__head">
        {room === undefined ? (
          title
        ) : (
          <a href={roomPath(room.id)}>
            <RoomSign room={room} />
            <span>{title}</span>
          </a>
        )}
      </h2>
      <ul>
        {results.map((result) => (
          <li key={result.message.id}>
            <Result result={result} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Result({ result: { message, snippet } }: { result: SearchResult }) {
  const { time } = useApp();
  const words = useWords().search;
  const author = usePerson(message.authorId);
  return (
    <a class="search-result" href={messagePath(message)}>
      <PersonFace userId={message.authorId} size={28} />
      <span class="search-result__body">
        <span class="search-result__head">
          <b>{author?.name ?? ' '}</b>
          <span>{time.value.stamp(message.at)}</span>
          {message.threadId !== null && <span>{words.inThread}</span>}
        </span>
        <span class="search-result__text">
          <Marked {...snippet} />
        </span>
      </span>
    </a>
  );
}

function Marked({ text, marks }: SearchResult['snippet']) {
  let from = 0;
  const parts = marks.map(([start, end]) => {
    const before = text.slice(from, start);
    from = end;
    return (
      <>
        {before}
        <mark>{text.slice(start, end)}</mark>
      </>
    );
  });
  return (
    <>
      {parts}
      {text.slice(from)}
    </>
  );
}
