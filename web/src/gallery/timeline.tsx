import { useRef, useState } from 'preact/hooks';
import { ArrowDown } from 'lucide';
import { createTimeFormat } from '../platform/index.ts';
import { after } from '../platform/timing.ts';
import {
  Avatar,
  Button,
  SkeletonText,
  TimelineList,
  type TimelineListHandle,
  type VisibleRange,
} from '../ui/index.ts';
import { Row, Section } from './section.tsx';

type Message = { id: number; author: string; text: string; at: number; picture: boolean; extra: string };

const authors = ['Ada Lovelace', 'Grace Hopper', 'Alan Turing', 'Radia Perlman'];
const sentence = 'It is much easier to apologise than it is to get permission, and faster as well. ';
const firstAt = Date.UTC(2026, 9, 1, 8);
const hourMs = 3_600_000;
const total = 5_000;
const pageSize = 60;

function messageOf(id: number): Message {
  return {
    id,
    author: authors[((id * 7) % 5) % authors.length] ?? 'Ada',
    text: `${id}: ${sentence.repeat((id * 13) % 4).slice(0, ((id * 37) % 200) + 8)}`,
    at: firstAt + id * hourMs,
    picture: id % 17 === 0,
    extra: '',
  };
}

const range = (from: number, to: number): Message[] =>
  Array.from({ length: to - from }, (_, step) => messageOf(from + step));

/** A room of 5,000 messages of which a part is loaded, as a room of a million would be. */
export function Timeline() {
  const [items, setItems] = useState(() => range(total - pageSize, total));
  const [seen, setSeen] = useState<VisibleRange | null>(null);
  const handle = useRef<TimelineListHandle>(null);
  const loading = useRef(false);
  const [first, last] = [items[0]?.id ?? 0, items.at(-1)?.id ?? 0];
  const [newest, setNewest] = useState(total - 1);

  const load = (change: (now: Message[]) => Message[]): void => {
    if (loading.current) return;
    loading.current = true;
    after(120, () => {
      loading.current = false;
      setItems(change);
    });
  };
  return (
    <Section title="Timeline" wide>
      <div class="gallery__timeline">
        <Row>
          <Button size="s" onClick={() => handle.current?.scrollToItem(String(items[5]?.id))}>
            Go to an old one
          </Button>
          <Button
            size="s"
            onClick={() => {
              setNewest(newest + 1);
              setItems((now) => [...now, messageOf(newest + 1)]);
            }}
          >
            A new message
          </Button>
          <Button
            size="s"
            onClick={() => setItems((now) => now.map((one) => ({ ...one, extra: `${one.extra} more` })))}
          >
            Everything grows
          </Button>
          <Button size="s" icon={ArrowDown} onClick={() => handle.current?.scrollToEnd()}>
            To the end
          </Button>
          <output data-seen>
            {seen?.first} to {seen?.last}
            {seen?.atEnd === true && ', at the end'}
          </output>
        </Row>
        <TimelineList
          label="Messages"
          items={items}
          keyOf={keyOfMessage}
          start="end"
          handle={handle}
          moreBefore={first > 0}
          moreAfter={last < newest}
          onReachStart={() =>
            load((now) => [...range(Math.max(0, (now[0]?.id ?? 0) - pageSize), now[0]?.id ?? 0), ...now])
          }
          onReachEnd={() => load((now) => now)}
          onVisible={setSeen}
          before={first > 0 ? <Loading /> : <p class="gallery__loading">The beginning.</p>}
          sectionOf={({ at }) => format.dayKey(at)}
          renderSection={(_, { at }) => (
            <div class="gallery__day">
              <span>{format.day(at)}</span>
            </div>
          )}
          render={(message) => <MessageRow message={message} />}
        />
      </div>
    </Section>
  );
}

const keyOfMessage = ({ id }: Message): string => String(id);
const format = createTimeFormat({ locale: 'en-GB', timeZone: 'UTC', now: () => firstAt + total * hourMs });

function Loading() {
  return (
    <div class="gallery__loading">
      <SkeletonText lines={3} />
    </div>
  );
}

function MessageRow({ message }: { message: Message }) {
  return (
    <article class="gallery__message">
      <Avatar name={message.author} />
      <div>
        <p class="gallery__who">
          {message.author}
          <time>{format.time(message.at)}</time>
        </p>
        <p>
          {message.text}
          {message.extra}
        </p>
        {message.picture && <LatePicture />}
      </div>
    </article>
  );
}

/** Gets its height late, as a picture without a known size does. */
function LatePicture() {
  const [height, setHeight] = useState(0);
  return (
    <div
      class="gallery__picture"
      style={{ blockSize: `${height}px` }}
      ref={(element) => {
        if (element !== null && height === 0) after(60, () => setHeight(140));
      }}
    />
  );
}
