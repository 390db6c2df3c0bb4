import { createGrammar } from '../grammar.ts';

export const { plural, list } = createGrammar('en');
