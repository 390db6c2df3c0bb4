import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { SquareCheckBig, Square } from 'lucide';
import type { Block, Inline, ListItem } from '@confab/protocol/markdown';
import { useWords } from '../language/index.ts';
import { classNames } from '../ui/class-names.ts';
import { Icon } from '../ui/icon.tsx';
import { CodeBlock } from './code-block.tsx';
import { MarkdownContext, type MarkdownSurroundings } from './markdown-context.ts';
import { countOfLoneEmoji } from './lone-emoji.ts';
import './markdown.css';

type MarkdownProps = {
  blocks: readonly Block[];
  /** after the last words, in their line: "(edited)" */
  after?: ComponentChildren;
  class?: string;
};

/** Up to so many emoji without other words are shown large. */
const largeEmojiMax = 6;

/** Draws what `parseMarkdown` made. `MarkdownContext` says what mentions, rooms and emoji look like. */
export function Markdown({ blocks, after, class: className }: MarkdownProps) {
  const surroundings = useContext(MarkdownContext);
  const lone = countOfLoneEmoji(blocks);
  const large = lone > 0 && lone <= largeEmojiMax;
  const last = blocks.at(-1);
  const inLine = last?.kind === 'paragraph' || last?.kind === 'heading';
  return (
    <div class={classNames('md', className)} data-large={large}>
      {blocks.map((block, index) => (
        <BlockView
          key={index}
          block={block}
          surroundings={surroundings}
          after={inLine && block === last ? after : undefined}
        />
      ))}
      {!inLine && after}
    </div>
  );
}

type Surrounded = { surroundings: MarkdownSurroundings };

function BlockView({ block, surroundings, after }: Surrounded & { block: Block; after?: ComponentChildren }) {
  const inlines = (tokens: readonly Inline[]) => <Inlines tokens={tokens} surroundings={surroundings} />;
  switch (block.kind) {
    case 'paragraph':
      return (
        <p dir="auto">
          {inlines(block.children)}
          {after}
        </p>
      );
    case 'heading':
      // a line of a message is no heading of the page
      return (
        <p dir="auto" class="md__heading" data-level={Math.min(block.level, 3)}>
          {inlines(block.children)}
          {after}
        </p>
      );
    case 'quote':
      return (
        <blockquote dir="auto">
          <Blocks blocks={block.blocks} surroundings={surroundings} />
        </blockquote>
      );
    case 'list':
      return <ListView {...block} surroundings={surroundings} />;
    case 'code':
      return <CodeBlock code={block.text} language={block.language} />;
    case 'table':
      return <TableView table={block} surroundings={surroundings} />;
    case 'rule':
      return <hr />;
  }
}

function Blocks({ blocks, surroundings }: Surrounded & { blocks: readonly Block[] }) {
  return (
    <>
      {blocks.map((block, index) => (
        <BlockView key={index} block={block} surroundings={surroundings} />
      ))}
    </>
  );
}

function ListView({ ordered, start, items, surroundings }: Surrounded & Extract<Block, { kind: 'list' }>) {
  const rows = items.map((item, index) => <ItemView key={index} item={item} surroundings={surroundings} />);
  return ordered ? (
    <ol dir="auto" start={start}>
      {rows}
    </ol>
  ) : (
    <ul dir="auto">{rows}</ul>
  );
}

function ItemView({ item, surroundings }: Surrounded & { item: ListItem }) {
  const { checked, blocks } = item;
  const words = useWords().messages.markdown;
  return (
    <li data-task={checked !== null}>
      {checked !== null && (
        <span class="md__task" data-checked={checked}>
          <Icon
            of={checked ? SquareCheckBig : Square}
            size={16}
            label={checked ? words.taskDone : words.taskOpen}
          />
        </span>
      )}
      <Blocks blocks={blocks} surroundings={surroundings} />
    </li>
  );
}

function TableView({ table, surroundings }: Surrounded & { table: Extract<Block, { kind: 'table' }> }) {
  const words = useWords().messages.markdown;
  const cell = (Cell: 'td' | 'th') => (tokens: readonly Inline[], column: number) => (
    <Cell key={column} dir="auto" data-align={table.align[column]}>
      <Inlines tokens={tokens} surroundings={surroundings} />
    </Cell>
  );
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table scrolls, so the keyboard has to get there
    <div class="md__table" role="group" aria-label={words.table} tabIndex={0}>
      <table>
        <thead>
          <tr>{table.header.map(cell('th'))}</tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>{row.map(cell('td'))}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Inlines({ tokens, surroundings }: Surrounded & { tokens: readonly Inline[] }): ComponentChildren {
  return tokens.map((token, index) => <InlineView key={index} token={token} surroundings={surroundings} />);
}

function InlineView({ token, surroundings }: Surrounded & { token: Inline }): ComponentChildren {
  const inside = 'children' in token && <Inlines tokens={token.children} surroundings={surroundings} />;
  switch (token.kind) {
    case 'text':
      return token.text;
    case 'strong':
      return <strong>{inside}</strong>;
    case 'emphasis':
      return <em>{inside}</em>;
    case 'strike':
      return <s>{inside}</s>;
    case 'code':
      return <code>{token.text}</code>;
    case 'link':
      return (
        <LinkView href={token.href} surroundings={surroundings}>
          {inside}
        </LinkView>
      );
    case 'mention':
      return surroundings.mention(token.handle) ?? `@${token.handle}`;
    case 'everyone':
      return surroundings.everyone(token.who) ?? `@${token.who}`;
    case 'room':
      return surroundings.room(token.name) ?? `#${token.name}`;
    case 'emoji':
      return surroundings.emoji(token.shortcode) ?? `:${token.shortcode}:`;
    case 'break':
      return <br />;
  }
}

function LinkView({
  href,
  surroundings,
  children,
}: Surrounded & { href: string; children: ComponentChildren }) {
  return (
    <a
      href={href}
      // what is shown may say something else
      title={href}
      target="_blank"
      rel="noopener noreferrer nofollow ugc"
      onClick={(event) => surroundings.onLink?.(href, event)}
    >
      {children}
    </a>
  );
}
