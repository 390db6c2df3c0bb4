import { useState } from 'preact/hooks';
import { EllipsisVertical, Search, UserPlus } from 'lucide';
import type { Member, Room, RoomRole } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { ListOf } from '../app/list-states.tsx';
import { usePages } from '../app/use-pages.ts';
import { useWords } from '../language/index.ts';
import { PersonRow } from '../people/person-row.tsx';
import { useMe, usePerson } from '../people/use-person.ts';
import { Tag } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { TextField } from '../ui/field.tsx';
import { MenuButton, MenuChoice, MenuGroup, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { openInvite } from './invite-people.tsx';
import { mayRemove, placeIn, type PlaceInRoom } from './may.ts';
import { useMyRoom } from './use-room.ts';

/** Who is in a room, with what they may do there. */
export function MembersTab({ room }: { room: Room }) {
  const app = useApp();
  const { client } = app;
  const { member: words, invite } = useWords().rooms;
  const me = useMe();
  const mine = useMyRoom(room.id);
  const [search, setSearch] = useState('');
  const place = placeIn(room, mine?.membership ?? null, me?.role);
  const pages = usePages<Member>(`${search.trim()} ${room.memberCount}`, async (cursor) => {
    const page = await client.call('room.members', {
      roomId: room.id,
      ...(search.trim() === '' ? {} : { search: search.trim() }),
      ...(cursor === null ? {} : { cursor }),
    });
    return { items: page.members, next: page.next };
  });
  const changed = (member: Member): void =>
    pages.change((items) => items.map((one) => (one.userId === member.userId ? member : one)));
  const removed = (userId: string): void =>
    pages.change((items) => items.filter((one) => one.userId !== userId));
  return (
    <div class="details__members">
      <div class="details__search">
        <TextField
          label={words.find}
          hideLabel
          type="search"
          icon={Search}
          placeholder={words.find}
          value={search}
          onText={setSearch}
        />
        {mine && room.archivedAt === null && (
          <Button icon={UserPlus} onClick={() => openInvite(app, room)}>
            {invite.add}
          </Button>
        )}
      </div>
      <ListOf
        pages={pages}
        label={words.list}
        class="details__people"
        render={(member) => (
          <li key={member.userId}>
            <PersonRow userId={member.userId} after={<RoleTag role={member.role} />} />
            <MemberMenu room={room} member={member} place={place} onChanged={changed} onRemoved={removed} />
          </li>
        )}
        empty={<EmptyState title={words.nobody(search.trim())} />}
      />
    </div>
  );
}

const roles: readonly RoomRole[] = ['owner', 'moderator', 'member'];

function RoleTag({ role }: { role: RoomRole }) {
  const { roles: names } = useWords().rooms.member;
  return role === 'member' ? null : <Tag tone={role === 'owner' ? 'accent' : 'neutral'}>{names[role]}</Tag>;
}

type MemberMenuProps = {
  room: Room;
  member: Member;
  place: PlaceInRoom;
  onChanged: (member: Member) => void;
  onRemoved: (userId: string) => void;
};

function MemberMenu({ room, member, place, onChanged, onRemoved }: MemberMenuProps) {
  const app = useApp();
  const { client } = app;
  const words = useWords().rooms.member;
  const person = usePerson(member.userId);
  const isMe = member.userId === client.state.me?.userId;
  const mayGovern = place === 'owner' && room.archivedAt === null;
  const mayTakeOut = !isMe && mayRemove(room, place, member.role);
  if (!mayGovern && !mayTakeOut) return null;

  const setRole = async (role: RoomRole): Promise<void> => {
    const call = client.call('room.setMemberRole', { roomId: room.id, userId: member.userId, role });
    if (await app.attempt(call)) onChanged({ ...member, role });
  };
  const remove = (): void => {
    app.dialogs.show((close) => (
      <ConfirmDialog
        title={words.removeTitle(person?.name ?? words.thisPerson, room.name)}
        confirmLabel={words.removeConfirm}
        danger
        onConfirm={async () => {
          const call = client.call('room.removeMember', { roomId: room.id, userId: member.userId });
          if (await app.attempt(call)) onRemoved(member.userId);
        }}
        onClose={close}
      >
        {words.removeNote}
      </ConfirmDialog>
    ));
  };
  return (
    <MenuButton
      label={words.manage(person?.name ?? words.somebody)}
      placement="bottom-end"
      trigger={(trigger) => (
        <IconButton
          {...trigger}
          size="s"
          icon={EllipsisVertical}
          label={words.manage(person?.name ?? words.somebody)}
        />
      )}
    >
      {mayGovern && (
        <MenuGroup label={words.role}>
          {roles.map((value) => (
            <MenuChoice
              key={value}
              kind="radio"
              checked={member.role === value}
              onSelect={() => void setRole(value)}
            >
              {words.roles[value]}
            </MenuChoice>
          ))}
        </MenuGroup>
      )}
      {mayGovern && mayTakeOut && <MenuSeparator />}
      {mayTakeOut && (
        <MenuItem danger onSelect={remove}>
          {words.remove}
        </MenuItem>
      )}
    </MenuButton>
  );
}
