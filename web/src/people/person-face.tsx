import type { Presence } from '@confab/protocol';
import { useWords } from '../language/index.ts';
import { Avatar, StatusDot, type DotTone } from '../ui/avatar.tsx';
import { usePerson, usePresence } from './use-person.ts';

const tones: Readonly<Record<Presence, DotTone>> = {
  online: 'online',
  away: 'away',
  dnd: 'busy',
  offline: 'offline',
};

type PersonFaceProps = {
  userId: string;
  /** in CSS pixels */
  size?: number;
  /** whether to show how they are */
  withPresence?: boolean;
};

/** Somebody's picture or initials. Decoration: the name stands beside it. */
export function PersonFace({ userId, size = 36, withPresence = false }: PersonFaceProps) {
  const person = usePerson(userId);
  const name = person?.name ?? '';
  const face = {
    // Two letters in so small a face cannot be read.
    name: size < 26 ? (name.split(' ')[0] ?? '') : name,
    seed: userId,
    size,
    src: person?.picture ? `/api/v1/images/${person.picture}` : null,
  };
  return withPresence ? <Avatar {...face} status={<PresenceDot userId={userId} />} /> : <Avatar {...face} />;
}

/** `words`: read out, where nothing beside it says the same. */
export function PresenceDot({ userId, words = false }: { userId: string; words?: boolean }) {
  const presence = usePresence(userId);
  const { presence: names } = useWords().people;
  return words ? (
    <StatusDot tone={tones[presence]} label={names[presence]} />
  ) : (
    <StatusDot tone={tones[presence]} />
  );
}
