import { FolderPlus } from 'lucide';
import { useApp, type App } from '../app/app-context.ts';
import { EmojiMark } from '../emoji/emoji-mark.tsx';
import { useWords } from '../language/index.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { putRoom, sectionOfRoom, sectionsFor, sectionTitle } from './arrange.ts';
import { openSectionDialog } from './section-dialog.tsx';
import './section-dialog.css';

/** Asks into which section a room goes. */
export function openMoveDialog(app: App, roomId: string): void {
  app.dialogs.show((close) => <MoveDialog roomId={roomId} onClose={close} />);
}

function MoveDialog({ roomId, onClose }: { roomId: string; onClose: () => void }) {
  const app = useApp();
  const words = useWords().sidebar.arrange;
  const present = sectionOfRoom(app, roomId);
  return (
    <Dialog
      title={words.moveTitle}
      size="s"
      onClose={onClose}
      actions={
        <Button
          icon={FolderPlus}
          onClick={() => {
            onClose();
            openSectionDialog(app, { roomId });
          }}
        >
          {words.create}
        </Button>
      }
    >
      <ul class="move-sections">
        {sectionsFor(app, roomId).map((section) => (
          <li key={section.id}>
            <button
              type="button"
              aria-current={section.id === present ? 'true' : undefined}
              onClick={() => {
                onClose();
                if (section.id !== present) putRoom(app, roomId, { section: section.id });
              }}
            >
              {section.emoji !== null && <EmojiMark emoji={section.emoji} />}
              <span>{sectionTitle(app, section)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
