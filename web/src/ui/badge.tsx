import type { ComponentChildren } from 'preact';
import './badge.css';

type BadgeProps = {
  count: number;
  tone?: 'accent' | 'neutral';
  /** read out instead of the bare number: "3 mentions" */
  label?: (count: number) => string;
};

/** Nothing for 0; 99+ beyond two digits. */
export function Badge({ count, tone = 'accent', label }: BadgeProps) {
  if (count <= 0) return null;
  const shown = count > 99 ? '99+' : String(count);
  return (
    <span class="ui-badge" data-tone={tone}>
      {label === undefined ? (
        shown
      ) : (
        <>
          <span aria-hidden="true">{shown}</span>
          <span class="visually-hidden">{label(count)}</span>
        </>
      )}
    </span>
  );
}

export type TagTone = 'neutral' | 'accent' | 'positive' | 'warning' | 'danger';

/** A word or two about a thing: Guest, Archived, Beta. */
export function Tag({ tone = 'neutral', children }: { tone?: TagTone; children: ComponentChildren }) {
  return (
    <span class="ui-tag" data-tone={tone}>
      {children}
    </span>
  );
}
