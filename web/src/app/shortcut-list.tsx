import { useWords, type Words } from '../language/index.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Keys } from '../ui/keys.tsx';
import { useApp, type App } from './app-context.ts';
import './shortcut-list.css';

export function openShortcutList(app: App): void {
  app.dialogs.show((close) => <ShortcutList onClose={close} />);
}

type ShortcutWords = Words['app']['shortcuts'];
type Line = { keys: string; label: string };

/** What works inside the lists and the composer, where the keys are handled in place. */
const inPlace = (words: ShortcutWords): readonly { group: string; lines: readonly Line[] }[] => [
  {
    group: words.sidebar,
    lines: [
      { keys: 'Mod+Shift+ArrowUp', label: words.moveUp },
      { keys: 'Mod+Shift+ArrowDown', label: words.moveDown },
    ],
  },
  {
    group: words.messages,
    lines: [
      { keys: 'ArrowUp', label: words.messageAbove },
      { keys: 'ArrowDown', label: words.messageBelow },
      { keys: 'r', label: words.reply },
      { keys: 'e', label: words.edit },
      { keys: '+', label: words.react },
      { keys: 'Escape', label: words.backToWriting },
    ],
  },
  {
    group: words.writing,
    lines: [
      { keys: 'Enter', label: words.send },
      { keys: 'Shift+Enter', label: words.newLine },
      { keys: 'ArrowUp', label: words.editLast },
      { keys: 'Mod+B', label: words.bold },
      { keys: 'Mod+I', label: words.italic },
      { keys: 'Mod+Shift+X', label: words.strike },
      { keys: 'Mod+E', label: words.code },
      { keys: 'Mod+Shift+U', label: words.link },
      { keys: 'Mod+Shift+8', label: words.list },
      { keys: 'Mod+Shift+7', label: words.numbers },
      { keys: 'Mod+Shift+9', label: words.quote },
      { keys: 'Mod+Shift+E', label: words.codeBlock },
    ],
  },
];

function ShortcutList({ onClose }: { onClose: () => void }) {
  const words = useWords().app.shortcuts;
  const { ui } = useApp();
  const groups = new Map<string, Line[]>();
  for (const { keys, label, group = words.everywhere } of ui.shortcuts.all.value) {
    if (label === undefined) continue;
    groups.set(group, [...(groups.get(group) ?? []), { keys, label }]);
  }
  const all = [...[...groups].map(([group, lines]) => ({ group, lines })), ...inPlace(words)];
  return (
    <Dialog title={words.title} size="l" isText onClose={onClose}>
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
