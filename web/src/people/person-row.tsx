import type { ComponentChildren } from 'preact';
import { useApp } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { Tag } from '../ui/badge.tsx';
import { PersonFace } from './person-face.tsx';
import { StatusEmoji } from './status-line.tsx';
import { usePerson } from './use-person.ts';
import './person-row.css';

/** Somebody in a list; opens the profile. */
export function PersonRow({ userId, after }: { userId: string; after?: ComponentChildren }) {
  const words = useWords().people;
  const { client, router } = useApp();
  const person = usePerson(userId);
  const isMe = client.state.me?.userId === userId;
  return (
    <button type="button" class="person-row" onClick={() => router.openPane({ kind: 'profile', userId })}>
      <PersonFace userId={userId} withPresence />
      <span class="person-row__words">
        <span class="person-row__name">
          {person?.name ?? ' '}
          {isMe && <span class="person-row__me"> {words.you}</span>}
          <StatusEmoji status={person?.status ?? null} />
          {person?.deactivated === true && <Tag>{words.deactivated}</Tag>}
        </span>
        <span class="person-row__note">{person?.title || (person ? `@${person.handle}` : '')}</span>
      </span>
      {after}
    </button>
  );
}
