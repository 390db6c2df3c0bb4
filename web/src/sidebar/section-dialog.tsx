import { useState } from 'preact/hooks';
import type { Section } from '@confab/protocol';
import { limits } from '@confab/protocol/limits';
import { systemRandom } from '@confab/client';
import { useApp, type App } from '../app/app-context.ts';
import { useSubmit } from '../app/use-submit.ts';
import { EmojiButton } from '../people/emoji-button.tsx';
import { useWords } from '../language/index.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog, Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { putRoom } from './arrange.ts';
import './section-dialog.css';

/** Of a `section`, or of a new one, into which a room may go at once. */
export function openSectionDialog(app: App, options: { section?: Section; roomId?: string } = {}): void {
  app.dialogs.show((close) => <SectionDialog {...options} onClose={close} />);
}

type SectionDialogProps = { section?: Section; roomId?: string; onClose: () => void };

function SectionDialog({ section, roomId, onClose }: SectionDialogProps) {
  const app = useApp();
  const words = useWords();
  const { arrange } = words.sidebar;
  const { arrangement } = app.sidebar;
  const [name, setName] = useState(section?.name ?? '');
  const [emoji, setEmoji] = useState(section?.emoji ?? null);
  const [clientId] = useState(() => systemRandom.id());
  const { problems, busy, form } = useSubmit<'name'>({
    check: () => (name.trim() === '' ? { name: arrange.nameMissing } : {}),
    async submit() {
      const named = { name: name.trim(), emoji };
      if (section) await arrangement.change(section.id, named);
      else {
        const id = await arrangement.create({ clientId, ...named });
        if (roomId !== undefined) putRoom(app, roomId, { section: id });
      }
      onClose();
    },
  });
  return (
    <Dialog
      title={section ? arrange.renameTitle : arrange.createTitle}
      size="s"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.ui.cancel}</Button>
          <Button type="submit" form="section" variant="primary" busy={busy}>
            {section ? arrange.save : arrange.createAction}
          </Button>
        </>
      }
    >
      <form id="section" class="section-form" {...form}>
        <EmojiButton emoji={emoji} onEmoji={setEmoji} />
        <TextField
          label={arrange.name}
          hideLabel
          autoFocus
          placeholder={arrange.namePlaceholder}
          maxLength={limits.sectionNameCharsMax}
          value={name}
          onText={setName}
          error={problems.name ?? problems.form}
        />
        {emoji !== null && (
          <Button variant="quiet" size="s" onClick={() => setEmoji(null)}>
            {arrange.noEmoji}
          </Button>
        )}
      </form>
    </Dialog>
  );
}

export function confirmDeleteSection(app: App, { id, name }: Section): void {
  const words = app.words.value.sidebar.arrange;
  app.dialogs.show((close) => (
    <ConfirmDialog
      title={words.removeTitle(name)}
      confirmLabel={words.remove}
      danger
      onConfirm={async () => void (await app.attempt(app.sidebar.arrangement.remove(id)))}
      onClose={close}
    >
      {words.removeNote}
    </ConfirmDialog>
  ));
}
