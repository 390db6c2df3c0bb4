import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { classNames } from './class-names.ts';
import './avatar.css';

type AvatarProps = {
  name: string;
  /** what the colour depends on; the name when left out, but an id stays the same when a name changes */
  seed?: string;
  /** a picture; the initials are shown until it is there, and when it cannot be loaded */
  src?: string | null | undefined;
  /** in CSS pixels */
  size?: number;
  shape?: 'round' | 'square';
  /** at the lower corner: a `StatusDot` */
  status?: ComponentChildren;
  class?: string;
};

/** Decoration: the name stands beside it. */
export function Avatar({
  name,
  seed,
  src,
  size = 36,
  shape = 'square',
  status,
  class: className,
}: AvatarProps) {
  const [failed, setFailed] = useState<string | null>(null);
  const shown = src !== undefined && src !== null && src !== failed ? src : null;
  return (
    <span
      class={classNames('ui-avatar', className)}
      data-shape={shape}
      data-face={faceOf(seed ?? name)}
      style={{ '--size': `${size}px` }}
      aria-hidden="true"
    >
      {/* Written by the style sheet: text of a button would have to be part of its name. */}
      <span class="ui-avatar__face" data-initials={initialsOf(name)}>
        {shown !== null && (
          <img src={shown} alt="" loading="lazy" decoding="async" onError={() => setFailed(shown)} />
        )}
      </span>
      {status !== undefined && <span class="ui-avatar__status">{status}</span>}
    </span>
  );
}

/** One of the eight colours of faces, always the same for a seed (FNV-1a). */
export function faceOf(seed: string): number {
  let hash = 0x811c9dc5;
  for (const sign of seed) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  return (((hash ^ (hash >>> 15)) >>> 3) % 8) + 1;
}

/** First letters of the first and the last word; whole characters, so that an emoji is not cut in two. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  const letters = ends.map((word) => /[\p{L}\p{N}]/u.exec(word ?? '')?.[0] ?? '').join('');
  return letters === '' ? '?' : letters.toLocaleUpperCase();
}

export type DotTone = 'online' | 'away' | 'busy' | 'offline';

/** `label` is read out; leave it out when words beside it say the same. */
export function StatusDot({ tone, label }: { tone: DotTone; label?: string }) {
  const named =
    label === undefined ? { 'aria-hidden': true as const } : { role: 'img' as const, 'aria-label': label };
  return <span class="ui-dot" data-tone={tone} {...named} />;
}

/** A few faces, overlapping; `more` is how many are not shown. */
export function AvatarStack({ children, more = 0 }: { children: ComponentChildren; more?: number }) {
  return (
    <span class="ui-faces">
      {children}
      {more > 0 && <span class="ui-faces__more">+{more}</span>}
    </span>
  );
}
