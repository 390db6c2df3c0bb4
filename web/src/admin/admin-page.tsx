import { ChartColumn, Hash, HeartPulse, House, Link, Lock, Smile, Users } from 'lucide';
import { useApp } from '../app/app-context.ts';
import { MainFrame } from '../app/main-frame.tsx';
import type { PageProps } from '../app/pages.ts';
import { Invitations } from '../invitations/invitations.tsx';
import { useWords, type Words } from '../language/index.ts';
import { useMe } from '../people/use-person.ts';
import { isAdministrator } from '../rooms/may.ts';
import { SectionsFrame, type Section } from '../settings/sections-frame.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { EmojiSection } from './emoji-section.tsx';
import { HealthSection } from './health-section.tsx';
import { PeopleSection } from './people-section.tsx';
import { RoomsSection } from './rooms-section.tsx';
import { StatisticsSection } from './statistics-section.tsx';
import { WorkspaceSection } from './workspace-section.tsx';

const sectionsOf = (words: Words['admin']['sections']): readonly Section[] => [
  { id: 'people', label: words.people, icon: Users, draw: () => <PeopleSection /> },
  { id: 'invitations', label: words.invitations, icon: Link, draw: () => <Invitations /> },
  { id: 'rooms', label: words.rooms, icon: Hash, draw: () => <RoomsSection /> },
  { id: 'emoji', label: words.emoji, icon: Smile, draw: () => <EmojiSection /> },
  { id: 'workspace', label: words.workspace, icon: House, draw: () => <WorkspaceSection /> },
  { id: 'statistics', label: words.statistics, icon: ChartColumn, draw: () => <StatisticsSection /> },
  { id: 'health', label: words.health, icon: HeartPulse, draw: () => <HealthSection /> },
];

/** Looking after the workspace, for owners and administrators. */
export function AdminPage({ section }: PageProps) {
  const me = useMe();
  const words = useWords().admin;
  if (me && !isAdministrator(me.role)) return <NotForYou />;
  return (
    <SectionsFrame title={words.title} path="admin" sections={sectionsOf(words.sections)} section={section} />
  );
}

function NotForYou() {
  const { router } = useApp();
  const words = useWords().admin;
  return (
    <MainFrame title={words.title}>
      <EmptyState
        icon={Lock}
        title={words.notForYou.title}
        actions={<Button onClick={() => router.back()}>{words.notForYou.back}</Button>}
      >
        {words.notForYou.note}
      </EmptyState>
    </MainFrame>
  );
}
