import { ChartColumn, Hash, House, Link, Lock, Smile, Users } from 'lucide';
import { useApp } from '../app/app-context.ts';
import { MainFrame } from '../app/main-frame.tsx';
import type { PageProps } from '../app/pages.ts';
import { Invitations } from '../invitations/invitations.tsx';
import { useMe } from '../people/use-person.ts';
import { isAdministrator } from '../rooms/may.ts';
import { SectionsFrame, type Section } from '../settings/sections-frame.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { EmojiSection } from './emoji-section.tsx';
import { PeopleSection } from './people-section.tsx';
import { RoomsSection } from './rooms-section.tsx';
import { StatisticsSection } from './statistics-section.tsx';
import { WorkspaceSection } from './workspace-section.tsx';

const sections: readonly Section[] = [
  { id: 'people', label: 'People', icon: Users, draw: () => <PeopleSection /> },
  { id: 'invitations', label: 'Invitations', icon: Link, draw: () => <Invitations /> },
  { id: 'rooms', label: 'Rooms', icon: Hash, draw: () => <RoomsSection /> },
  { id: 'emoji', label: 'Custom emoji', icon: Smile, draw: () => <EmojiSection /> },
  { id: 'workspace', label: 'Workspace', icon: House, draw: () => <WorkspaceSection /> },
  { id: 'statistics', label: 'Statistics', icon: ChartColumn, draw: () => <StatisticsSection /> },
];

/** Looking after the workspace, for owners and administrators. */
export function AdminPage({ section }: PageProps) {
  const me = useMe();
  if (me && !isAdministrator(me.role)) return <NotForYou />;
  return <SectionsFrame title="Administration" path="admin" sections={sections} section={section} />;
}

function NotForYou() {
  const { router } = useApp();
  return (
    <MainFrame title="Administration">
      <EmptyState
        icon={Lock}
        title="This is for administrators"
        actions={<Button onClick={() => router.back()}>Go back</Button>}
      >
        People, rooms and the workspace itself are looked after here. If something needs changing, ask an
        administrator.
      </EmptyState>
    </MainFrame>
  );
}
