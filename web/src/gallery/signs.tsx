import { useState } from 'preact/hooks';
import { AtSign, Bookmark, FileText, Hash, MessagesSquare, Pin, Plus, Users } from 'lucide';
import {
  Avatar,
  AvatarStack,
  Badge,
  Button,
  EmptyState,
  Icon,
  Keys,
  Skeleton,
  SkeletonText,
  Spinner,
  StatusDot,
  Tabs,
  Tag,
} from '../ui/index.ts';
import { Row, Section } from './section.tsx';

const picture =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"%3E%3Crect width="40" height="40" fill="%23f4b860"/%3E%3Ccircle cx="20" cy="16" r="8" fill="%23fff"/%3E%3Cellipse cx="20" cy="38" rx="14" ry="12" fill="%23fff"/%3E%3C/svg%3E';
const names = [
  'Ada Lovelace',
  'Alan Turing',
  'Grace Hopper',
  'Edsger',
  '李 小龙',
  'Mary Jackson',
  'Tim',
  'Radia Perlman',
];

export function Signs() {
  return (
    <>
      <Section title="Avatar">
        <Row>
          {names.map((name) => (
            <Avatar key={name} name={name} />
          ))}
        </Row>
        <Row>
          <Avatar name="Ada Lovelace" size={20} />
          <Avatar name="Ada Lovelace" size={28} status={<StatusDot tone="online" label="Active" />} />
          <Avatar name="Grace Hopper" src={picture} status={<StatusDot tone="away" label="Away" />} />
          <Avatar name="Alan Turing" status={<StatusDot tone="busy" label="Do not disturb" />} />
          <Avatar name="Tim" status={<StatusDot tone="offline" label="Offline" />} />
          <Avatar name="Radia Perlman" size={48} shape="round" />
          <Avatar name="Broken" src="/missing.png" size={48} shape="round" />
        </Row>
        <Row>
          <AvatarStack more={4}>
            {names.slice(0, 3).map((name) => (
              <Avatar key={name} name={name} size={24} />
            ))}
          </AvatarStack>
        </Row>
      </Section>
      <Section title="Badge, tag, keys, icon">
        <Row>
          <Badge count={3} label={(count) => `${count} mentions`} />
          <Badge count={42} />
          <Badge count={1_200} />
          <Badge count={7} tone="neutral" />
        </Row>
        <Row>
          <Tag>Guest</Tag>
          <Tag tone="accent">New</Tag>
          <Tag tone="positive">Active</Tag>
          <Tag tone="warning">Archived</Tag>
          <Tag tone="danger">Deactivated</Tag>
        </Row>
        <Row>
          <Keys keys="Mod+K" />
          <Keys keys="Alt+Shift+ArrowUp" />
          <Keys keys="Escape" />
          <Spinner label="Loading" />
        </Row>
        <Row>
          {[Hash, AtSign, MessagesSquare, Users, Pin, Bookmark, FileText].map((shape, index) => (
            <Icon key={index} of={shape} size={18} />
          ))}
        </Row>
      </Section>
      <Panes />
      <Section title="Loading and empty">
        <Row>
          <Skeleton shape="block" width="36px" height="36px" />
          <span style={{ flex: '1' }}>
            <SkeletonText lines={3} />
          </span>
        </Row>
        <EmptyState
          icon={MessagesSquare}
          title="No messages yet"
          actions={
            <>
              <Button variant="primary" icon={Plus}>
                Invite people
              </Button>
              <Button>Set a topic</Button>
            </>
          }
        >
          This is the very beginning of #design. Say hello, or invite the people who should be here.
        </EmptyState>
      </Section>
    </>
  );
}

function Panes() {
  const [pane, setPane] = useState<'about' | 'members' | 'files'>('members');
  const [view, setView] = useState<'all' | 'unread'>('all');
  return (
    <Section title="Tabs">
      <Tabs
        label="Room details"
        value={pane}
        onValue={setPane}
        tabs={[
          { id: 'about', label: 'About' },
          { id: 'members', label: 'Members', count: 24 },
          { id: 'files', label: 'Files', icon: FileText },
        ]}
      >
        <p>What the tab “{pane}” shows.</p>
      </Tabs>
      <Tabs
        label="Which rooms"
        look="pills"
        value={view}
        onValue={setView}
        tabs={[
          { id: 'all', label: 'All' },
          { id: 'unread', label: 'Unread' },
        ]}
      />
    </Section>
  );
}
