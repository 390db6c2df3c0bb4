import type { ComponentChildren } from 'preact';
import { Brand } from '../app/brand.tsx';
import { LanguageChoice } from './language-choice.tsx';
import './sessions.css';

type DoorPageProps = {
  title: string;
  /** what to do here */
  children?: ComponentChildren;
  lead?: ComponentChildren;
  foot?: ComponentChildren;
};

/** What is seen before one is in: a card in the middle of an empty page. */
export function DoorPage({ title, lead, children, foot }: DoorPageProps) {
  return (
    <main class="door">
      <div class="door__card">
        <header class="door__head">
          <Brand size={44} />
          <h1>{title}</h1>
          {lead !== undefined && <p>{lead}</p>}
        </header>
        {children}
      </div>
      {foot !== undefined && <p class="door__foot">{foot}</p>}
      <LanguageChoice />
    </main>
  );
}
