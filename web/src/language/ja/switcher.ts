import type { switcher as english } from '../en/switcher.ts';

export const switcher: typeof english = {};
