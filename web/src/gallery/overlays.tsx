import { useEffect, useMemo, useState } from 'preact/hooks';
import { loadEmojiTable, type SkinTone } from '@confab/protocol/emoji';
import { Bookmark, Copy, Ellipsis, Hash, Link, Pencil, Pin, SmilePlus, Trash2 } from 'lucide';
import {
  anchorAt,
  Avatar,
  Button,
  ConfirmDialog,
  Dialog,
  EmojiPicker,
  Icon,
  IconButton,
  Keys,
  Menu,
  MenuButton,
  MenuChoice,
  MenuGroup,
  MenuItem,
  MenuSeparator,
  OptionFace,
  Palette,
  Popover,
  TextField,
  useShortcuts,
  useUi,
  type Anchor,
} from '../ui/index.ts';
import { Row, Section } from './section.tsx';

type Open = 'dialog' | 'confirm' | 'palette' | null;

/** `#dialog`, `#palette` … in the address open one from the start. */
function openFromAddress(): Open {
  const name = location.hash.slice(1);
  return name === 'dialog' || name === 'confirm' || name === 'palette' ? name : null;
}

export function Overlays() {
  const { toasts, shortcuts, announcer } = useUi();
  const [open, setOpen] = useState<Open>(openFromAddress);
  const close = (): void => setOpen(null);
  useShortcuts(shortcuts, [
    { keys: 'Mod+K', label: 'Find anything', group: 'Everywhere', run: () => setOpen('palette') },
  ]);
  return (
    <>
      <Section title="Dialog, palette, toast">
        <Row>
          <Button onClick={() => setOpen('dialog')}>Dialog</Button>
          <Button onClick={() => setOpen('confirm')}>Confirm</Button>
          <Button onClick={() => setOpen('palette')}>
            Palette <Keys keys="Mod+K" />
          </Button>
        </Row>
        <Row>
          <Button
            onClick={() =>
              toasts.show({
                text: 'Message deleted',
                action: { label: 'Undo', run: () => announcer.say('Undone') },
              })
            }
          >
            Toast
          </Button>
          <Button onClick={() => toasts.show({ text: 'Link copied', tone: 'positive' })}>Good news</Button>
          <Button
            onClick={() =>
              toasts.show({
                text: 'The file is too large. Files may have up to 50 MB.',
                tone: 'danger',
                shownMs: 0,
              })
            }
          >
            Bad news
          </Button>
        </Row>
      </Section>
      <Menus />
      {open === 'dialog' && <RoomDialog onClose={close} />}
      {open === 'confirm' && (
        <ConfirmDialog
          title="Delete this message?"
          confirmLabel="Delete message"
          danger
          onConfirm={close}
          onClose={close}
        >
          It will be gone for everybody. This cannot be undone.
        </ConfirmDialog>
      )}
      {open === 'palette' && <FindAnything onClose={close} />}
    </>
  );
}

function Menus() {
  const [anchor, setAnchor] = useState<Anchor | null>(null);
  const [order, setOrder] = useState<'name' | 'recent'>('recent');
  const [unread, setUnread] = useState(true);
  return (
    <Section title="Menu and popover">
      <Row>
        <MenuButton
          label="Message"
          trigger={(trigger) => <IconButton {...trigger} label="More" icon={Ellipsis} />}
        >
          <MessageItems />
        </MenuButton>
        <MenuButton label="Sort" trigger={(trigger) => <Button {...trigger}>Sort</Button>}>
          <MenuGroup label="Sort by">
            <MenuChoice kind="radio" checked={order === 'name'} onSelect={() => setOrder('name')}>
              Name
            </MenuChoice>
            <MenuChoice kind="radio" checked={order === 'recent'} onSelect={() => setOrder('recent')}>
              Most recent
            </MenuChoice>
          </MenuGroup>
          <MenuSeparator />
          <MenuChoice checked={unread} keepOpen onSelect={() => setUnread(!unread)}>
            Unread only
          </MenuChoice>
        </MenuButton>
        <EmojiButton />
      </Row>
      <button
        type="button"
        class="gallery__panes"
        aria-haspopup="menu"
        onContextMenu={(event) => {
          event.preventDefault();
          setAnchor(anchorAt(event));
        }}
      >
        <div>Press the right mouse button here</div>
      </button>
      {anchor !== null && (
        <Menu label="Message" anchor={anchor} onClose={() => setAnchor(null)}>
          <MessageItems />
        </Menu>
      )}
    </Section>
  );
}

function MessageItems() {
  const nothing = (): void => undefined;
  return (
    <>
      <MenuItem icon={Pencil} keys="e" onSelect={nothing}>
        Edit message
      </MenuItem>
      <MenuItem icon={Copy} keys="Mod+C" onSelect={nothing}>
        Copy text
      </MenuItem>
      <MenuItem icon={Link} onSelect={nothing}>
        Copy link
      </MenuItem>
      <MenuItem icon={Bookmark} onSelect={nothing} hint="Only you see what you saved">
        Save for later
      </MenuItem>
      <MenuItem icon={Pin} disabled onSelect={nothing}>
        Pin to the room
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={Trash2} danger onSelect={nothing}>
        Delete message
      </MenuItem>
    </>
  );
}

function EmojiButton() {
  const [anchor, setAnchor] = useState<Element | null>(null);
  const [tone, setTone] = useState<SkinTone | null>(null);
  const table = useMemo(() => loadEmojiTable(), []);
  useEffect(() => {
    if (location.hash === '#emoji') setAnchor(document.querySelector('[aria-label="Add a reaction"]'));
  }, []);
  const close = (): void => setAnchor(null);
  return (
    <>
      <IconButton
        label="Pick an emoji"
        icon={SmilePlus}
        aria-expanded={anchor !== null}
        onClick={({ currentTarget }) => setAnchor(anchor === null ? currentTarget : null)}
      />
      {anchor !== null && (
        <Popover anchor={anchor} onClose={close} sheet role="dialog" aria-label="Emoji">
          <EmojiPicker
            load={() => table}
            recent={['tada', '+1', 'eyes', 'heart', 'joy']}
            tone={tone}
            onTone={setTone}
            onPick={close}
          />
        </Popover>
      )}
    </>
  );
}

function RoomDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      title="Create a room"
      description="A room is where a team or a topic comes together."
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={onClose}>
            Create room
          </Button>
        </>
      }
    >
      <TextField label="Name" icon={Hash} placeholder="for example design" autofocus />
      <TextField label="Topic" placeholder="What is it about?" hint="Everybody sees it above the messages." />
    </Dialog>
  );
}

type Found = { id: string; name: string; detail: string; kind: 'Rooms' | 'People' };
const everything: Found[] = [
  { id: '1', name: 'design', detail: 'How it looks', kind: 'Rooms' },
  { id: '2', name: 'design-critique', detail: 'Every Tuesday', kind: 'Rooms' },
  { id: '3', name: 'general', detail: 'Everybody', kind: 'Rooms' },
  { id: '4', name: 'Ada Lovelace', detail: '@ada', kind: 'People' },
  { id: '5', name: 'Grace Hopper', detail: '@grace', kind: 'People' },
];

function FindAnything({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState('');
  return (
    <Palette
      label="Find rooms and people"
      placeholder="Where to?"
      query={query}
      onQuery={setQuery}
      items={everything.filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()))}
      keyOf={({ id }) => id}
      groupOf={({ kind }) => kind}
      render={({ name, detail, kind }) => (
        <OptionFace
          before={kind === 'Rooms' ? <Icon of={Hash} size={18} /> : <Avatar name={name} size={20} />}
          detail={detail}
        >
          {name}
        </OptionFace>
      )}
      onPick={onClose}
      onClose={onClose}
      empty="Nothing is called that. Try fewer letters."
      footer={
        <>
          <span>
            <Keys keys="ArrowDown" /> to move
          </span>
          <span>
            <Keys keys="Enter" /> to open
          </span>
          <span>
            <Keys keys="Escape" /> to close
          </span>
        </>
      }
    />
  );
}
