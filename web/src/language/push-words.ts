import { push as german } from './de/push.ts';
import { push as english } from './en/push.ts';
import { push as japanese } from './ja/push.ts';

export type PushWords = typeof english;

const spoken: Readonly<Record<string, PushWords>> = { de: german, en: english, ja: japanese };

/** The service worker has all languages with it: it may wake up without a network. `wanted`: first what is liked best. */
export function pushWords(wanted: readonly string[]): PushWords {
  for (const tag of wanted) {
    const words = spoken[tag.split('-')[0]?.toLowerCase() ?? ''];
    if (words) return words;
  }
  return english;
}
