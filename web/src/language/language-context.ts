import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Words } from './en/index.ts';
import type { Language } from './language.ts';

export const LanguageContext = createContext<Language | null>(null);

/** The words of the language that is spoken; what draws them is drawn anew with another one. Throws outside of `<UiRoot>`. */
export function useWords(): Words {
  const language = useContext(LanguageContext);
  if (language === null) throw new Error('There is no <UiRoot> around this component.');
  return language.words.value;
}
