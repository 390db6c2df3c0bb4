import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { Apple, Clock, Flag, Hand, Hash, Leaf, Lightbulb, Plane, Search, Smile, Star, Trophy } from 'lucide';
import { emojiGroups, skinTones, type EmojiTable, type SkinTone } from '@confab/protocol/emoji';
import { useWords } from '../language/index.ts';
import { Button } from './button.tsx';
import {
  choiceAt,
  emojiRows,
  firstCell,
  moveCell,
  ownHeading,
  recentHeading,
  type Cell,
  type EmojiChoice,
  type EmojiHeading,
  type EmojiRow,
  type OwnEmoji,
} from './emoji-rows.ts';
import { Icon, type IconShape } from './icon.tsx';
import { Skeleton } from './skeleton.tsx';
import { useUi } from './ui-context.ts';
import { VirtualList, type VirtualListHandle } from './virtual-list.tsx';
import './emoji-picker.css';

export type EmojiPickerProps = {
  /** asked once; keep the table for the next time */
  load: () => Promise<EmojiTable>;
  /** shortcodes, newest first */
  recent: readonly string[];
  own?: readonly OwnEmoji[];
  tone: SkinTone | null;
  onTone: (tone: SkinTone | null) => void;
  onPick: (choice: EmojiChoice) => void;
};

const rowHeightPx = 38;
const headingHeightPx = 32;
const groupIcons: Readonly<Record<EmojiHeading, IconShape>> = {
  [recentHeading]: Clock,
  [ownHeading]: Star,
  'Smileys & emotion': Smile,
  'People & body': Hand,
  'Animals & nature': Leaf,
  'Food & drink': Apple,
  'Travel & places': Plane,
  Activities: Trophy,
  Objects: Lightbulb,
  Symbols: Hash,
  Flags: Flag,
};

/** Search, groups, the last used ones, skin tones. The focus stays in the search field; arrows walk in the grid. */
export function EmojiPicker(props: EmojiPickerProps) {
  const words = useWords().ui;
  const [table, setTable] = useState<EmojiTable | 'loading' | 'failed'>('loading');
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let gone = false;
    props.load().then(
      (loaded) => gone || setTable(loaded),
      () => gone || setTable('failed'),
    );
    return () => {
      gone = true;
    };
  }, [attempt]);

  if (table === 'loading') return <LoadingPicker />;
  if (table === 'failed') {
    const retry = (): void => {
      setTable('loading');
      setAttempt(attempt + 1);
    };
    return (
      <div class="ui-emoji ui-emoji--failed" role="alert">
        <p>{words.emoji.failed}</p>
        <Button onClick={retry}>{words.tryAgain}</Button>
      </div>
    );
  }
  return <LoadedPicker {...props} table={table} />;
}

function LoadingPicker() {
  return (
    <div class="ui-emoji" aria-busy="true">
      <div class="ui-emoji__loading">
        {Array.from({ length: 54 }, (_, index) => (
          <Skeleton key={index} shape="round" width="24px" height="24px" />
        ))}
      </div>
    </div>
  );
}

const arrows: Readonly<Record<string, { columns: number; rows: number }>> = {
  ArrowLeft: { columns: -1, rows: 0 },
  ArrowRight: { columns: 1, rows: 0 },
  ArrowUp: { columns: 0, rows: -1 },
  ArrowDown: { columns: 0, rows: 1 },
};

function LoadedPicker({
  table,
  recent,
  own = [],
  tone,
  onTone,
  onPick,
}: EmojiPickerProps & { table: EmojiTable }) {
  const id = useId();
  const words = useWords().ui.emoji;
  const [query, setQuery] = useState('');
  const rows = useMemo(
    () => emojiRows({ table, own, recent, tone }, query),
    [table, own, recent, tone, query],
  );
  const [active, setActive] = useState<Cell | null>(null);
  const cell = active !== null && choiceAt(rows, active) !== undefined ? active : firstCell(rows);
  const choice = choiceAt(rows, cell);
  const grid = useRef<VirtualListHandle>(null);
  // where it would bring up the keyboard over the emoji, the field waits to be touched
  const touch = useUi().device.touch.peek();

  const onKeyDown = (event: KeyboardEvent): void => {
    const by =
      event.ctrlKey || event.altKey || event.metaKey || event.shiftKey ? undefined : arrows[event.key];
    if (by === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    if (by === undefined) {
      if (choice !== undefined) onPick(choice);
      return;
    }
    const to = moveCell(rows, cell, by);
    setActive(to);
    const key = rows[to.row]?.key;
    if (key !== undefined) grid.current?.reveal(key);
  };

  return (
    <div class="ui-emoji">
      <div class="ui-emoji__search ui-input">
        <Icon of={Search} class="ui-input__icon" />
        <input
          type="text"
          role="combobox"
          aria-label={words.search}
          aria-expanded="true"
          aria-controls={`${id}-grid`}
          aria-activedescendant={choice === undefined ? undefined : cellId(id, cell)}
          placeholder={words.search}
          autocomplete="off"
          spellcheck={false}
          ref={touch ? null : focusOnce}
          value={query}
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setActive(null);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <GroupBar rows={rows} hidden={query !== ''} onGroup={(key) => grid.current?.scrollTo(key)} />
      <Grid id={id} rows={rows} cell={cell} grid={grid} onActive={setActive} onPick={onPick} />
      <div class="ui-emoji__foot">
        <Preview choice={choice} />
        <ToneChoice tone={tone} onTone={onTone} />
      </div>
    </div>
  );
}

function focusOnce(input: HTMLInputElement | null): void {
  input?.focus({ preventScroll: true });
}

function cellId(id: string, { row, column }: Cell): string {
  return `${id}-${row}-${column}`;
}

function GroupBar({
  rows,
  hidden,
  onGroup,
}: {
  rows: readonly EmojiRow[];
  hidden: boolean;
  onGroup: (key: string) => void;
}) {
  const words = useWords().ui.emoji.groups;
  const groups = [recentHeading, ownHeading, ...emojiGroups] as const;
  const shown = groups.filter((name) => rows.some(({ key }) => key === name));
  return (
    <div class="ui-emoji__groups" hidden={hidden}>
      {shown.map((name) => (
        <button
          key={name}
          type="button"
          class="ui-emoji__group"
          tabIndex={-1}
          aria-label={words[name]}
          data-tooltip={words[name]}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onGroup(name)}
        >
          <Icon of={groupIcons[name]} size={18} />
        </button>
      ))}
    </div>
  );
}

type GridProps = {
  id: string;
  rows: readonly EmojiRow[];
  cell: Cell;
  grid: { current: VirtualListHandle | null };
  onActive: (cell: Cell) => void;
  onPick: (choice: EmojiChoice) => void;
};

function Grid({ id, rows, cell, grid, onActive, onPick }: GridProps) {
  const words = useWords().ui.emoji;
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keeps the focus in the search field
    <div
      id={`${id}-grid`}
      class="ui-emoji__grid"
      role="grid"
      aria-label={words.all}
      onPointerDown={(event) => event.preventDefault()}
    >
      {rows.length === 0 && <p class="ui-emoji__none">{words.none}</p>}
      <VirtualList
        class="ui-emoji__rows"
        role="rowgroup"
        items={rows}
        keyOf={keyOfRow}
        heightOf={heightOfRow}
        handle={grid}
        render={(row, index) =>
          row.kind === 'heading' ? (
            <div class="ui-emoji__heading" role="presentation">
              {words.groups[row.key]}
            </div>
          ) : (
            <div role="row" class="ui-emoji__row">
              {row.choices.map((choice, column) => (
                <button
                  key={choice.shortcode}
                  id={cellId(id, { row: index, column })}
                  type="button"
                  role="gridcell"
                  tabIndex={-1}
                  class="ui-emoji__cell"
                  aria-label={choice.name}
                  aria-selected={index === cell.row && column === cell.column}
                  onPointerMove={() => {
                    if (index !== cell.row || column !== cell.column) onActive({ row: index, column });
                  }}
                  onClick={() => onPick(choice)}
                >
                  <EmojiGlyph choice={choice} />
                </button>
              ))}
            </div>
          )
        }
      />
    </div>
  );
}

const keyOfRow = ({ key }: EmojiRow): string => key;
const heightOfRow = ({ kind }: EmojiRow): number => (kind === 'heading' ? headingHeightPx : rowHeightPx);

function EmojiGlyph({ choice }: { choice: EmojiChoice }) {
  if (choice.picture !== null)
    return <img src={choice.picture} alt="" width={24} height={24} loading="lazy" />;
  return <>{choice.character}</>;
}

function Preview({ choice }: { choice: EmojiChoice | undefined }) {
  if (choice === undefined) return <span />;
  return (
    <span class="ui-emoji__preview" aria-hidden="true">
      <span class="ui-emoji__large">
        <EmojiGlyph choice={choice} />
      </span>
      <span class="ui-emoji__name">:{choice.shortcode}:</span>
    </span>
  );
}

function ToneChoice({ tone, onTone }: Pick<EmojiPickerProps, 'tone' | 'onTone'>) {
  const words = useWords().ui.emoji;
  const { light, mediumLight, medium, mediumDark, dark } = words.tones;
  const names = [light, mediumLight, medium, mediumDark, dark];
  const options = [
    { value: '', label: '✋', name: words.noTone },
    ...skinTones.map((value, index) => ({ value, label: `✋${value}`, name: names[index] })),
  ];
  return (
    <select
      class="ui-emoji__tone"
      aria-label={words.tone}
      value={tone ?? ''}
      onChange={(event) => onTone(skinTones.find((one) => one === event.currentTarget.value) ?? null)}
    >
      {options.map(({ value, label, name }) => (
        <option key={value} value={value} aria-label={name}>
          {label}
        </option>
      ))}
    </select>
  );
}
