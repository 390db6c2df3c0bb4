import { createContext, type ComponentChildren } from 'preact';
import { useContext, useId } from 'preact/hooks';
import './panel.css';

type PanelProps = {
  title: string;
  /** what it is for, in a sentence */
  note?: ComponentChildren;
  /** buttons at the end of the heading */
  actions?: ComponentChildren;
  children?: ComponentChildren;
};

/** Of the headings of panels: below the page's own, or below that of a section. */
export const PanelLevel = createContext<'h2' | 'h3'>('h2');

/** A part of a section: a heading, a sentence, and what belongs to it. */
export function Panel({ title, note, actions, children }: PanelProps) {
  const id = useId();
  const Heading = useContext(PanelLevel);
  return (
    <section class="panel" aria-labelledby={id}>
      <header class="panel__head">
        <div class="panel__words">
          <Heading id={id}>{title}</Heading>
          {note !== undefined && <p>{note}</p>}
        </div>
        {actions !== undefined && <div class="panel__actions">{actions}</div>}
      </header>
      {children}
    </section>
  );
}
