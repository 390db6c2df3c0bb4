import type { Page } from 'playwright-core';
import type { PersonOptions, Workplace, WorkplaceOptions } from '../browser/workplace.ts';

export interface Shot {
  readonly name: string;
  readonly go: (page: Page, place: Workplace) => Promise<void>;
  readonly leave?: (page: Page) => Promise<void>;
  /** The way there is found by English words. */
  readonly isEnglish?: boolean;
}

export interface Scene {
  readonly name: string;
  readonly world: 'new' | 'bare' | 'demo';
  readonly surroundings?: () => Promise<Pick<WorkplaceOptions, 'outbound' | 'pushMode'>>;
  /** Once, before anybody looks. */
  readonly prepare?: (place: Workplace) => Promise<void>;
  readonly open: (place: Workplace, options: PersonOptions) => Promise<Page>;
  readonly shots: readonly Shot[];
}

/** In front of the page as this person. */
export const as =
  (name: string): Scene['open'] =>
  async (place, options) =>
    (await place.person(name, options)).page;
