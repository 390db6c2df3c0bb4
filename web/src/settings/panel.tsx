import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import './panel.css';

type PanelProps = {
  title: string;
  /** what it is for, in a sentence */
  note?: ComponentChildren;
  /** buttons at the end of the heading */
  actions?: ComponentChildren;
  children?: ComponentChildren;
};

/** A part of a section: a heading, a sentence, and what belongs to it. */
export function Panel({ title, note, actions, children }: PanelProps) {
  const id = useId();
  return (
    <section class="panel" aria-labelledby={id}>
      <header class="panel__head">
        <div class="panel__words">
          <h3 id={id}>{title}</h3>
          {note !== undefined && <p>{note}</p>}
        </div>
        {actions !== undefined && <div class="panel__actions">{actions}</div>}
      </header>
      {children}
    </section>
  );
}
