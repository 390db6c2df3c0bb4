import { signal, type ReadonlySignal } from '@preact/signals';
import { loadEmojiTable, skinTones, type EmojiTable, type SkinTone } from '@confab/protocol/emoji';
import type { Client } from '@confab/client';
import type { Live } from '../app/live.ts';
import { isText, isTextList, type Memory } from '../platform/index.ts';
import type { EmojiChoice, OwnEmoji } from '../ui/emoji-rows.ts';

/** How an emoji is drawn. */
export type Glyph = { readonly character: string } | { readonly picture: string; readonly name: string };

export interface EmojiState {
  /** The standard emoji; null until somebody needed them. */
  readonly table: ReadonlySignal<EmojiTable | null>;
  /** Loads the standard emoji, with the words of the language that is spoken, once. Rejects when they cannot be loaded. */
  load(): Promise<EmojiTable>;
  /** The workspace's own. */
  own(): readonly OwnEmoji[];
  /** A shortcode without colons. Null when it is none, or not known yet: then the table is being loaded. */
  glyphOf(shortcode: string): Glyph | null;
  /** Shortcodes, newest first. */
  readonly recent: ReadonlySignal<readonly string[]>;
  readonly tone: ReadonlySignal<SkinTone | null>;
  setTone(tone: SkinTone | null): void;
  used(choice: Pick<EmojiChoice, 'shortcode'>): void;
}

/** English words are with the emoji themselves. */
const noWords = 'en';
const recentMax = 27;
const firstRecent = ['+1', 'tada', 'heart', 'joy', 'eyes', 'white_check_mark'];

export function createEmojiState(deps: {
  client: Client;
  live: Live;
  memory: Memory;
  /** As BCP 47 tag. */
  locale: ReadonlySignal<string>;
}): EmojiState {
  const { client, live, memory, locale } = deps;
  const table = signal<EmojiTable | null>(null);
  const recent = signal<readonly string[]>(memory.read('emoji.recent', isTextList) ?? firstRecent);
  const storedTone = memory.read('emoji.tone', isText);
  const tone = signal<SkinTone | null>(skinTones.find((one) => one === storedTone) ?? null);
  let words: string | null = null;
  let loading: { readonly language: string; readonly table: Promise<EmojiTable> } | null = null;

  async function loadOnce(language: string): Promise<EmojiTable> {
    try {
      const loaded = await loadEmojiTable(language);
      // Who only wanted to draw one asked without words, and may have been overtaken.
      if (words === null || language !== noWords) [table.value, words] = [loaded, language];
      return loaded;
    } finally {
      if (loading?.language === language) loading = null;
    }
  }

  function bring(language: string): Promise<EmojiTable> {
    if (loading?.language !== language) loading = { language, table: loadOnce(language) };
    return loading.table;
  }

  function load(): Promise<EmojiTable> {
    const [language = noWords] = locale.peek().split('-');
    return table.value !== null && words === language ? Promise.resolve(table.value) : bring(language);
  }

  function glyphOf(shortcode: string): Glyph | null {
    live.follow('emoji');
    const own = client.state.emoji.get(shortcode);
    if (own) return { picture: pictureUrl(own.picture), name: own.name };
    if (table.value === null) {
      if (loading === null) bring(noWords).catch(() => undefined);
      return null;
    }
    const character = table.value.byShortcode(shortcode)?.character;
    return character === undefined ? null : { character };
  }

  return {
    table,
    load,
    own() {
      live.follow('emoji');
      return [...client.state.emoji.values()].map(({ name, picture }) => ({
        shortcode: name,
        picture: pictureUrl(picture),
      }));
    },
    glyphOf,
    recent,
    tone,
    setTone(next) {
      tone.value = next;
      memory.write('emoji.tone', next);
    },
    used({ shortcode }) {
      recent.value = [shortcode, ...recent.value.filter((one) => one !== shortcode)].slice(0, recentMax);
      memory.write('emoji.recent', recent.value);
    },
  };
}

export function pictureUrl(hash: string): string {
  return `/api/v1/images/${hash}`;
}

/** What goes over the wire for a choice: the character, or the name of an own one between colons. */
export function emojiOf({ character, shortcode }: EmojiChoice): string {
  return character ?? `:${shortcode}:`;
}
