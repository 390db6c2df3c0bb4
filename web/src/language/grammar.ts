import { madeOnce } from '../platform/made-once.ts';

/** The forms of a text that counts, by CLDR category; `#` stands for the number. */
export type Forms = { readonly [category in Intl.LDMLPluralRule]?: string } & { readonly other: string };

export interface Grammar {
  /** The form for that many, with the number written as is the custom. */
  plural(count: number, forms: Forms): string;
  /** 12,345 */
  count(value: number): string;
  /** Ada, Grace and Alan */
  list(words: readonly string[]): string;
}

/** How a language counts. @param locale a BCP 47 tag */
export function createGrammar(locale: string): Grammar {
  const rules = madeOnce(() => new Intl.PluralRules(locale));
  const numbers = madeOnce(() => new Intl.NumberFormat(locale));
  const lists = madeOnce(() => new Intl.ListFormat(locale, { type: 'conjunction' }));
  return {
    plural: (count, forms) =>
      (forms[rules().select(count)] ?? forms.other).replaceAll('#', numbers().format(count)),
    count: (value) => numbers().format(value),
    list: (words) => lists().format(words),
  };
}
