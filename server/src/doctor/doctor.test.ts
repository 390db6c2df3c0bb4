import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { areas, doctorDocument, requirements } from './index.ts';

/** How many there are of each in the guide. */
const guide = { TOP: 6, LB: 7, NODE: 7, PG: 7, RED: 5, FS: 3, NET: 3, OPT: 5, LIFE: 4 };
const ids = Object.entries(guide).flatMap(([area, count]) =>
  Array.from({ length: count }, (_, index) => `${area}-${index + 1}`),
);
const checks = Object.values(areas).flat();

it('knows every requirement of the guide, and no other', () => {
  expect(requirements.map(({ id }) => id)).toEqual(ids);
});

it('looks at each of them, or says what a person looks at', () => {
  const checked = new Set(checks.flatMap((check) => check.ids));
  const manual = requirements.filter((one) => one.manual !== null).map(({ id }) => id);
  expect(ids.filter((id) => !checked.has(id) && !manual.includes(id))).toEqual([]);
  expect([...checked].filter((id) => !ids.includes(id))).toEqual([]);
});

it('calls no two checks the same', () => {
  const titles = checks.map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
});

it('docs/operating/doctor.md is what the code says', () => {
  const document = readFileSync(join(import.meta.dirname, '../../../docs/operating/doctor.md'), 'utf8');
  expect(document === doctorDocument(areas, requirements), 'run `npm run docs`').toBe(true);
});
