import { Dialog } from '../ui/dialog.tsx';
import { Keys } from '../ui/keys.tsx';
import { useApp, type App } from './app-context.ts';
import './shortcut-list.css';

export function openShortcutList(app: App): void {
  app.dialogs.show((close) => <ShortcutList onClose={close} />);
}

type Line = { keys: string; label: string };

/** What works inside the lists and the composer, where the keys are handled in place. */
const inPlace: readonly { group: string; lines: readonly Line[] }[] = [
  {
    group: 'Messages',
    lines: [
      { keys: 'ArrowUp', label: 'The message above' },
      { keys: 'ArrowDown', label: 'The message below' },
      { keys: 'r', label: 'Reply in a thread' },
      { keys: 'e', label: 'Edit your message' },
      { keys: '+', label: 'React' },
      { keys: 'Escape', label: 'Back to writing' },
    ],
  },
  {
    group: 'Writing',
    lines: [
      { keys: 'Enter', label: 'Send' },
      { keys: 'Shift+Enter', label: 'A new line' },
      { keys: 'ArrowUp', label: 'Edit your last message, when nothing is written' },
      { keys: 'Mod+B', label: 'Bold' },
      { keys: 'Mod+I', label: 'Italic' },
      { keys: 'Mod+Shift+X', label: 'Strike through' },
      { keys: 'Mod+E', label: 'Code' },
      { keys: 'Mod+Shift+U', label: 'Link' },
      { keys: 'Mod+Shift+8', label: 'List' },
      { keys: 'Mod+Shift+9', label: 'Quote' },
    ],
  },
];

function ShortcutList({ onClose }: { onClose: () => void }) {
  const { ui } = useApp();
  const groups = new Map<string, Line[]>();
  for (const { keys, label, group = 'Everywhere' } of ui.shortcuts.all.value) {
    if (label === undefined) continue;
    groups.set(group, [...(groups.get(group) ?? []), { keys, label }]);
  }
  const all = [...[...groups].map(([group, lines]) => ({ group, lines })), ...inPlace];
  return (
    <Dialog title="Keyboard shortcuts" size="l" onClose={onClose}>
      <div class="shortcut-list">
        {all.map(({ group, lines }) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {lines.map(({ keys, label }) => (
                <div key={`${keys} ${label}`}>
                  <dt>{label}</dt>
                  <dd>
                    <Keys keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
