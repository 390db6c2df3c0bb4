import { Ellipsis, KeyRound, UserRoundCheck, UserRoundX } from 'lucide';
import type { Account, Role, User } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { roleNames } from '../invitations/invitation-words.ts';
import { PersonFace } from '../people/person-face.tsx';
import { useMe } from '../people/use-person.ts';
import type { TimeFormat } from '../platform/index.ts';
import { Tag } from '../ui/badge.tsx';
import { IconButton } from '../ui/button.tsx';
import { MenuButton, MenuChoice, MenuGroup, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { askDeactivate, askReset, askRole, reactivate } from './account-actions.tsx';
import { mayChange, rolesOfferedBy } from './may.ts';

/** Somebody with what administrators see besides; the profile opens from the name. */
export function AccountRow({ account }: { account: Account }) {
  const { client, live, router, time } = useApp();
  live.follow(`user:${account.user.id}`);
  const person = client.state.users.get(account.user.id) ?? account.user;
  const me = useMe();
  const isMe = person.id === me?.id;
  return (
    <li class="account" data-deactivated={person.deactivated}>
      <PersonFace userId={person.id} withPresence={!person.deactivated} />
      <span class="rows__words">
        <span class="rows__name">
          <button
            type="button"
            class="account__name"
            onClick={() => router.openPane({ kind: 'profile', userId: person.id })}
          >
            {person.name}
          </button>
          {isMe && <span class="account__me">(you)</span>}
          {person.role !== 'member' && <Tag tone="accent">{roleNames[person.role]}</Tag>}
          {person.deactivated && <Tag tone="danger">Deactivated</Tag>}
        </span>
        <span class="rows__note">
          {account.email}
          <span class="account__handle"> · @{person.handle}</span> · {seenWords(account, time.value)}
        </span>
      </span>
      {me && mayChange(me, person) && <AccountMenu person={person} me={me} />}
    </li>
  );
}

function seenWords({ lastSeenAt }: Account, time: TimeFormat): string {
  return lastSeenAt === null ? 'not here yet' : `seen ${time.relative(lastSeenAt)}`;
}

function AccountMenu({ person, me }: { person: User; me: User }) {
  const app = useApp();
  const isMe = person.id === me.id;
  return (
    <MenuButton
      label={`What to do with ${person.name}`}
      placement="bottom-end"
      trigger={(trigger) => <IconButton {...trigger} label={`Actions for ${person.name}`} icon={Ellipsis} />}
    >
      {!person.deactivated && (
        <MenuGroup label="Role">
          {rolesOfferedBy(me).map((role) => (
            <MenuChoice
              key={role}
              kind="radio"
              checked={role === person.role}
              hint={roleHints[role]}
              onSelect={() => askRole(app, { person, role, isMe })}
            >
              {roleNames[role]}
            </MenuChoice>
          ))}
        </MenuGroup>
      )}
      {!isMe && !person.deactivated && (
        <>
          <MenuSeparator />
          <MenuItem icon={KeyRound} onSelect={() => askReset(app, person)}>
            Reset password
          </MenuItem>
          <MenuItem icon={UserRoundX} danger onSelect={() => askDeactivate(app, person)}>
            Deactivate
          </MenuItem>
        </>
      )}
      {person.deactivated && (
        <MenuItem icon={UserRoundCheck} onSelect={() => void reactivate(app, person)}>
          Reactivate
        </MenuItem>
      )}
    </MenuButton>
  );
}

const roleHints: Readonly<Record<Role, string>> = {
  owner: 'Everything, other owners too',
  admin: 'People, rooms, settings',
  member: 'Talks and reads',
};
