import { BellOff, CircleUser, LogOut, Moon, Settings, SmilePlus } from 'lucide';
import { useApp } from '../app/app-context.ts';
import { pages } from '../app/pages.ts';
import { PersonFace, presenceWords } from '../people/person-face.tsx';
import { openStatusDialog } from '../people/status-dialog.tsx';
import { useDoNotDisturb } from '../people/do-not-disturb.ts';
import { StatusLine } from '../people/status-line.tsx';
import { useMe, usePresence } from '../people/use-person.ts';
import { confirmSignOut } from '../sessions/sign-out.tsx';
import { MenuButton, MenuChoice, MenuGroup, MenuItem, MenuSeparator } from '../ui/menu.tsx';

/** Oneself, at the foot of the sidebar. */
export function OwnRow() {
  const app = useApp();
  const me = useMe();
  if (!me) return <div class="own-row" />;
  return (
    <div class="own-row">
      <MenuButton
        label="You"
        placement="top-start"
        trigger={(trigger) => (
          <button type="button" class="own-row__button" {...trigger}>
            <PersonFace userId={me.id} size={32} withPresence />
            <span class="own-row__words">
              <span class="own-row__name">{me.name}</span>
              <OwnNote userId={me.id} />
            </span>
          </button>
        )}
      >
        <MenuItem icon={SmilePlus} onSelect={() => openStatusDialog(app)}>
          {me.status ? 'Change your status' : 'Set a status'}
        </MenuItem>
        <AwayItem />
        <MenuSeparator />
        <QuietItems />
        <MenuSeparator />
        <MenuItem icon={CircleUser} onSelect={() => app.router.openPane({ kind: 'profile', userId: me.id })}>
          Your profile
        </MenuItem>
        {pages['settings'] && (
          <MenuItem icon={Settings} onSelect={() => app.router.go('/settings')}>
            Settings
          </MenuItem>
        )}
        <MenuItem icon={LogOut} onSelect={() => confirmSignOut(app)}>
          Sign out
        </MenuItem>
      </MenuButton>
    </div>
  );
}

function OwnNote({ userId }: { userId: string }) {
  const presence = usePresence(userId);
  const me = useMe();
  return (
    <span class="own-row__note">
      {me?.status ? (
        <StatusLine status={me.status} otherwise={presenceWords[presence]} />
      ) : (
        presenceWords[presence]
      )}
    </span>
  );
}

function AwayItem() {
  const { ownPresence } = useApp();
  const isAway = ownPresence.isAway.value;
  return (
    <MenuItem icon={Moon} onSelect={() => ownPresence.setAway(!isAway)}>
      {isAway ? 'Show yourself as online' : 'Show yourself as away'}
    </MenuItem>
  );
}

function QuietItems() {
  const quiet = useDoNotDisturb();
  if (quiet.until !== null) {
    return (
      <MenuItem icon={BellOff} hint={quiet.words} onSelect={() => quiet.set(null)}>
        End do not disturb
      </MenuItem>
    );
  }
  return (
    <MenuGroup label="Do not disturb">
      {quiet.choices.map(({ label, until }) => (
        <MenuChoice key={label} kind="radio" checked={false} onSelect={() => quiet.set(until())}>
          {label}
        </MenuChoice>
      ))}
    </MenuGroup>
  );
}
