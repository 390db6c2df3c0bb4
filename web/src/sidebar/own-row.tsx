import { BellOff, CircleUser, LogOut, Moon, Settings, SmilePlus } from 'lucide';
import { useApp } from '../app/app-context.ts';
import { pages } from '../app/pages.ts';
import { useWords } from '../language/index.ts';
import { PersonFace } from '../people/person-face.tsx';
import { openStatusDialog } from '../people/status-dialog.tsx';
import { useDoNotDisturb } from '../people/do-not-disturb.ts';
import { StatusLine } from '../people/status-line.tsx';
import { useMe, usePresence } from '../people/use-person.ts';
import { confirmSignOut } from '../sessions/sign-out.tsx';
import { MenuButton, MenuChoice, MenuGroup, MenuItem, MenuSeparator } from '../ui/menu.tsx';

/** Oneself, at the foot of the sidebar. */
export function OwnRow() {
  const allWords = useWords();
  const { own: words, signOut } = allWords.sidebar;
  const app = useApp();
  const me = useMe();
  if (!me) return <div class="own-row" />;
  return (
    <div class="own-row">
      <MenuButton
        label={words.label}
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
          {me.status ? words.changeStatus : words.setStatus}
        </MenuItem>
        <AwayItem />
        <MenuSeparator />
        <QuietItems />
        <MenuSeparator />
        <MenuItem icon={CircleUser} onSelect={() => app.router.openPane({ kind: 'profile', userId: me.id })}>
          {words.profile}
        </MenuItem>
        {pages['settings'] && (
          <MenuItem icon={Settings} onSelect={() => app.router.go('/settings')}>
            {pages['settings'].title(allWords)}
          </MenuItem>
        )}
        <MenuItem icon={LogOut} onSelect={() => confirmSignOut(app)}>
          {signOut}
        </MenuItem>
      </MenuButton>
    </div>
  );
}

function OwnNote({ userId }: { userId: string }) {
  const presence = usePresence(userId);
  const me = useMe();
  const names = useWords().people.presence;
  return (
    <span class="own-row__note">
      {me?.status ? <StatusLine status={me.status} otherwise={names[presence]} /> : names[presence]}
    </span>
  );
}

function AwayItem() {
  const words = useWords().sidebar.own;
  const { ownPresence } = useApp();
  const isAway = ownPresence.isAway.value;
  return (
    <MenuItem icon={Moon} onSelect={() => ownPresence.setAway(!isAway)}>
      {isAway ? words.showOnline : words.showAway}
    </MenuItem>
  );
}

function QuietItems() {
  const words = useWords().sidebar.own;
  const quiet = useDoNotDisturb();
  if (quiet.until !== null) {
    return (
      <MenuItem icon={BellOff} hint={quiet.words} onSelect={quiet.end}>
        {words.endQuiet}
      </MenuItem>
    );
  }
  return (
    <MenuGroup label={words.quiet}>
      {quiet.choices.map(({ label, until }) => (
        <MenuChoice key={label} kind="radio" checked={false} onSelect={() => quiet.set(until())}>
          {label}
        </MenuChoice>
      ))}
    </MenuGroup>
  );
}
