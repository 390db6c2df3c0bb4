import type { ComponentType } from 'preact';
import { lazy } from './lazy.tsx';
import { pages, type PageProps } from './pages.ts';

/** The pages of pages.ts as components: their code is loaded when they are first shown. */
export const lazyPages: Readonly<Record<string, ComponentType<PageProps>>> = Object.fromEntries(
  Object.entries(pages).map(([path, { load }]) => [path, lazy(load)]),
);
