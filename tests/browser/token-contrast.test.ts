import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const tokensFile = fileURLToPath(new URL('../../web/src/styles/tokens.css', import.meta.url));
const css = readFileSync(tokensFile, 'utf8');
const pair = /--(color-[\w-]+): light-dark\((#\w+), (#\w+)\);/g;
const themes = ['light', 'dark'] as const;
type Theme = (typeof themes)[number];
type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

const tokens = new Map(
  [...css.matchAll(pair)].map(([, name = '', light = '', dark = '']) => [name, { light, dark }]),
);

function color(name: string, theme: Theme): Rgba {
  const hex = tokens.get(`color-${name}`)?.[theme];
  if (hex === undefined) throw new Error(`no token --color-${name}`);
  const part = (index: number): number => Number.parseInt(hex.slice(1 + index * 2, 3 + index * 2), 16);
  return [part(0), part(1), part(2), hex.length > 7 ? part(3) / 255 : 1];
}

/** `top` as it looks on `bottom`. */
function over(top: Rgba, bottom: Rgba): Rgba {
  const mix = (index: 0 | 1 | 2): number => top[index] * top[3] + bottom[index] * (1 - top[3]);
  return [mix(0), mix(1), mix(2), 1];
}

/** WCAG 2.2, relative luminance. */
function luminance([red, green, blue]: Rgba): number {
  const linear = (value: number): number =>
    value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function contrast(front: Rgba, back: Rgba): number {
  const [low = 0, high = 0] = [luminance(front), luminance(back)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** Everything that is drawn under text; `a over b` for a veil. */
function surface(name: string, theme: Theme): Rgba {
  const [top = '', bottom] = name.split(' over ');
  return bottom === undefined ? color(top, theme) : over(color(top, theme), color(bottom, theme));
}

const everywhere = [
  'canvas',
  'sidebar',
  'raised',
  'sunken',
  'hover over canvas',
  'hover over sidebar',
  'hover over raised',
  'pressed over sidebar',
];
const texts: Record<string, string[]> = {
  text: [
    ...everywhere,
    'selected',
    'accent-soft',
    'mention-soft',
    'danger-soft',
    'warning-soft',
    'positive-soft',
  ],
  'text-muted': [...everywhere, 'selected', 'mention-soft', 'accent-soft', 'danger-soft', 'warning-soft'],
  'text-faint': [...everywhere, 'mention-soft'],
  'accent-text': [...everywhere, 'accent-soft', 'selected', 'mention-soft'],
  'danger-text': ['canvas', 'sidebar', 'raised', 'danger-soft', 'hover over canvas', 'hover over raised'],
  'warning-text': ['canvas', 'sidebar', 'raised', 'warning-soft', 'mention-soft'],
  'positive-text': ['canvas', 'sidebar', 'raised', 'positive-soft'],
  'text-on-fill': [
    'accent',
    'accent-hover',
    'danger',
    'danger-hover',
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((index) => `face-${index}`),
  ],
  ...Object.fromEntries(
    ['text', 'comment', 'keyword', 'string', 'number', 'name', 'type'].map((kind) => [
      `code-${kind}`,
      ['sunken', 'canvas'],
    ]),
  ),
};
/** Edges of controls and signs: WCAG 1.4.11. */
const signs: Record<string, string[]> = {
  'line-strong': ['canvas', 'sidebar', 'raised'],
  accent: ['canvas', 'sidebar', 'raised'],
  'accent-text': ['canvas', 'sidebar', 'raised'],
  online: ['canvas', 'sidebar', 'raised'],
  away: ['canvas', 'sidebar', 'raised'],
  busy: ['canvas', 'sidebar', 'raised'],
};

function cases(table: Record<string, string[]>): [theme: Theme, front: string, back: string][] {
  return themes.flatMap((theme) =>
    Object.entries(table).flatMap(([front, backs]) =>
      backs.map((back): [Theme, string, string] => [theme, front, back]),
    ),
  );
}

describe('contrast', () => {
  test.each(cases(texts))('%s: text in %s on %s', (theme, front, back) => {
    expect(contrast(color(front, theme), surface(back, theme))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(cases(signs))('%s: sign in %s on %s', (theme, front, back) => {
    expect(contrast(color(front, theme), surface(back, theme))).toBeGreaterThanOrEqual(3);
  });

  test('is computed as WCAG says', () => {
    expect(contrast([255, 255, 255, 1], [0, 0, 0, 1])).toBeCloseTo(21);
    expect(contrast([119, 119, 119, 1], [255, 255, 255, 1])).toBeCloseTo(4.48, 1);
  });
});

test('every colour has a light and a dark value the test can read', () => {
  const written = [...css.matchAll(/--(color-[\w-]+):/g)].map(([, name]) => name);
  expect(written.filter((name) => !tokens.has(name ?? ''))).toEqual([]);
  expect(tokens.size).toBeGreaterThan(40);
});
