import { signal, type ReadonlySignal } from '@preact/signals';
import { isText, type Memory } from '../platform/index.ts';
import { en, type Words } from './en/index.ts';

/** Those one can choose, each by its own name. */
export const languages = [
  { tag: 'en', name: 'English' },
  { tag: 'de', name: 'Deutsch' },
  { tag: 'ja', name: '日本語' },
] as const;

export interface Language {
  /** As BCP 47 tag, with the region of the browser where the language is the same. */
  readonly locale: ReadonlySignal<string>;
  readonly words: ReadonlySignal<Words>;
  /**
   * Speaks another language from when it is loaded; '' is the browser's. What is unknown is the browser's too. Never
   * rejects: what cannot be loaded leaves the present one.
   */
  choose(tag: string): Promise<void>;
  /** Resolves when the one of last time is spoken. */
  readonly ready: Promise<void>;
}

type Tag = (typeof languages)[number]['tag'] | 'qps';

const load: Record<Tag, () => Promise<Words>> = {
  en: () => Promise.resolve(en),
  de: async () => (await import('./de/index.ts')).de,
  ja: async () => (await import('./ja/index.ts')).ja,
  // Not a language: shows what was never translated, what does not fit, and what is not mirrored.
  qps: async () => (await import('./pseudo.ts')).pseudo,
};

const memoryName = 'language';

/**
 * English until the one of last time is loaded.
 * @param preferred what the browser prefers, best first
 */
export function createLanguage(deps: {
  memory: Memory;
  root: HTMLElement;
  preferred: readonly string[];
}): Language {
  const { memory, root, preferred } = deps;
  const words = signal<Words>(en);
  const locale = signal(localeOf('en', preferred));
  let wanted: Tag | null = null;

  async function choose(chosen: string): Promise<void> {
    const tag = known(chosen) ?? preferred.map(known).find((one) => one !== null) ?? 'en';
    memory.write(memoryName, chosen === '' ? null : chosen);
    if (tag === wanted) return;
    wanted = tag;
    try {
      const loaded = await load[tag]();
      if (tag !== wanted) return;
      root.lang = tag === 'qps' ? 'en' : tag;
      root.dir = tag === 'qps' ? 'rtl' : 'ltr';
      locale.value = localeOf(root.lang, preferred);
      words.value = loaded;
    } catch {
      wanted = null;
    }
  }

  return { words, locale, choose, ready: choose(memory.read(memoryName, isText) ?? '') };
}

/** The language of a tag, when it is one of ours. */
function known(tag: string): Tag | null {
  const [language = ''] = tag.toLowerCase().split('-');
  return Object.hasOwn(load, language) ? (language as Tag) : null;
}

function localeOf(language: string, preferred: readonly string[]): string {
  return preferred.find((one) => one === language || one.startsWith(`${language}-`)) ?? language;
}
