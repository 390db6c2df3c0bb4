import { useState } from 'preact/hooks';
import { X } from 'lucide';
import type { User } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { usePages } from '../app/use-pages.ts';
import { useWords } from '../language/index.ts';
import { Combobox } from '../ui/combobox.tsx';
import { Icon } from '../ui/icon.tsx';
import { OptionFace } from '../ui/listbox.tsx';
import { PersonFace } from './person-face.tsx';
import './people-picker.css';

type PeoplePickerProps = {
  label: string;
  hint?: string;
  chosen: readonly User[];
  onChosen: (people: readonly User[]) => void;
  /** how many may be chosen */
  max: number;
  /** people that are not offered: oneself, those who are in already */
  without: ReadonlySet<string>;
};

/** Finds people by name or handle and collects them. */
export function PeoplePicker({ label, hint, chosen, onChosen, max, without }: PeoplePickerProps) {
  const words = useWords().people.picker;
  const { client, ui } = useApp();
  const [query, setQuery] = useState('');
  const found = usePages<User>(query, async (cursor) => {
    const search = query.trim().replace(/^@/, '');
    const answer = await client.call('user.list', {
      ...(search === '' ? {} : { search }),
      ...(cursor === null ? {} : { cursor }),
      limit: 20,
    });
    return { items: answer.users, next: null };
  });
  const taken = new Set(chosen.map(({ id }) => id));
  const isFull = chosen.length >= max;
  const items = isFull ? [] : found.items.filter(({ id }) => !taken.has(id) && !without.has(id));
  const remove = (person: User): void => onChosen(chosen.filter(({ id }) => id !== person.id));
  return (
    <div class="people-picker">
      <Combobox
        label={label}
        {...(hint === undefined ? {} : { hint })}
        placeholder={isFull ? words.full : words.placeholder}
        autoFocus
        query={query}
        onQuery={setQuery}
        items={items}
        keyOf={({ id }) => id}
        render={(person) => <PersonOption person={person} />}
        empty={found.isLoading ? words.looking : words.nobody}
        onPick={(person) => {
          onChosen([...chosen, person]);
          setQuery('');
          ui.announcer.say(words.added(person.name));
        }}
      />
      {chosen.length > 0 && (
        <ul class="people-picker__chosen" aria-label={words.chosen}>
          {chosen.map((person) => (
            <li key={person.id}>
              <PersonFace userId={person.id} size={20} />
              {person.name}
              <button type="button" aria-label={words.remove(person.name)} onClick={() => remove(person)}>
                <Icon of={X} size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** A person in a list of suggestions. */
export function PersonOption({ person, note }: { person: User; note?: string }) {
  return (
    <OptionFace
      before={<PersonFace userId={person.id} size={24} withPresence />}
      detail={`@${person.handle}`}
      {...(note === undefined ? {} : { after: note })}
    >
      {person.name}
    </OptionFace>
  );
}
