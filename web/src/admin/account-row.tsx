import { Ellipsis, KeyRound, UserRoundCheck, UserRoundX } from 'lucide';
import type { Account, User } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { useWords, type Words } from '../language/index.ts';
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
  const words = useWords();
  const said = words.admin.people;
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
          {isMe && <span class="account__me">{said.you}</span>}
          {person.role !== 'member' && <Tag tone="accent">{words.invitations.roles[person.role]}</Tag>}
          {person.deactivated && <Tag tone="danger">{said.deactivated}</Tag>}
        </span>
        <span class="rows__note">
          {account.email}
          <span class="account__handle"> · @{person.handle}</span> · {seenWords(account, time.value, said)}
        </span>
      </span>
      {me && mayChange(me, person) && <AccountMenu person={person} me={me} />}
    </li>
  );
}

function seenWords({ lastSeenAt }: Account, time: TimeFormat, said: Words['admin']['people']): string {
  return lastSeenAt === null ? said.neverSeen : said.seen(time.relative(lastSeenAt));
}

function AccountMenu({ person, me }: { person: User; me: User }) {
  const app = useApp();
  const { admin, invitations } = useWords();
  const said = admin.people;
  const isMe = person.id === me.id;
  return (
    <MenuButton
      label={admin.whatToDo(person.name)}
      placement="bottom-end"
      trigger={(trigger) => <IconButton {...trigger} label={admin.actionsFor(person.name)} icon={Ellipsis} />}
    >
      {!person.deactivated && (
        <MenuGroup label={said.role}>
          {rolesOfferedBy(me).map((role) => (
            <MenuChoice
              key={role}
              kind="radio"
              checked={role === person.role}
              hint={said.roleHints[role]}
              onSelect={() => askRole(app, { person, role, isMe })}
            >
              {invitations.roles[role]}
            </MenuChoice>
          ))}
        </MenuGroup>
      )}
      {!isMe && !person.deactivated && (
        <>
          <MenuSeparator />
          <MenuItem icon={KeyRound} onSelect={() => askReset(app, person)}>
            {said.resetPassword}
          </MenuItem>
          <MenuItem icon={UserRoundX} danger onSelect={() => askDeactivate(app, person)}>
            {said.deactivate}
          </MenuItem>
        </>
      )}
      {person.deactivated && (
        <MenuItem icon={UserRoundCheck} onSelect={() => void reactivate(app, person)}>
          {said.reactivate}
        </MenuItem>
      )}
    </MenuButton>
  );
}
