/**
 * Everything the page says to people, in each language, and which one is spoken.
 * Owns all words (`en`, `de`, `ja`: one file per area of the tree), plurals and sentences with parts.
 * Promises: every language has every word, checked by types; a language is loaded when it is spoken.
 * Refuses to know: what is said when.
 */
export { createGrammar } from './grammar.ts';
export { createLanguage, languages, type Language } from './language.ts';
export { LanguageContext, useWords } from './language-context.ts';
export { refusalText } from './refusal-text.ts';
export { Sentence } from './sentence.tsx';
export { en, type Words } from './en/index.ts';
