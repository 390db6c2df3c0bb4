import { useRef, useState } from 'preact/hooks';
import { Hash, Lock } from 'lucide';
import { Badge, Icon, PaneResizer, useRovingFocus, VirtualList } from '../ui/index.ts';
import { Section } from './section.tsx';

const words = [
  'design',
  'general',
  'random',
  'support',
  'releases',
  'hiring',
  'infrastructure',
  'lunch',
  'music',
];
const rooms = Array.from({ length: 1_000 }, (_, index) => ({
  id: String(index),
  name: `${words[index % words.length] ?? 'room'}${index < words.length ? '' : `-${index}`}`,
  private: index % 7 === 3,
  unread: index % 5 === 0,
  mentions: index % 15 === 0 ? (index % 4) + 1 : 0,
}));

export function Lists() {
  const [current, setCurrent] = useState('1');
  const [width, setWidth] = useState(160);
  const list = useRef<HTMLDivElement>(null);
  useRovingFocus(list, { items: '.gallery__room', axis: 'block', loop: false });
  return (
    <>
      <Section title="Virtual list of 1,000 rows">
        <div class="gallery__sidebar" ref={list}>
          <VirtualList
            label="Rooms"
            items={rooms}
            keyOf={({ id }) => id}
            heightOf={heightOfRoom}
            render={(room) => (
              <button
                type="button"
                class="gallery__room"
                data-current={room.id === current}
                data-unread={room.unread}
                onClick={() => setCurrent(room.id)}
              >
                <Icon of={room.private ? Lock : Hash} />
                <span>{room.name}</span>
                <Badge count={room.mentions} label={(count) => `${count} mentions`} />
              </button>
            )}
          />
        </div>
      </Section>
      <Section title="Pane resizer">
        <div class="gallery__panes">
          <div style={{ inlineSize: `${width}px` }}>{width} px</div>
          <PaneResizer
            label="Width of the first pane"
            width={width}
            min={100}
            max={280}
            usual={160}
            pane="before"
            onWidth={setWidth}
          />
          <div>The rest</div>
        </div>
      </Section>
    </>
  );
}

const heightOfRoom = (): number => 32;
