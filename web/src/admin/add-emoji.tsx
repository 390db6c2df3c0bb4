import { useEffect, useState } from 'preact/hooks';
import { ImagePlus } from 'lucide';
import { useApp, type App } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { fieldOf, useSubmit } from '../app/use-submit.ts';
import { refusalText, Sentence, useWords } from '../language/index.ts';
import { problemsOf } from '../sessions/checks.ts';
import { FileButton } from '../settings/file-button.tsx';
import { readPicture, type ChosenPicture } from '../settings/picture-file.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { emojiNameOf, emojiNameProblem } from './emoji-name.ts';
import './add-emoji.css';
import './people-section.css';

export function openAddEmoji(app: App): void {
  app.dialogs.show((close) => <AddEmojiDialog onClose={close} />);
}

function AddEmojiDialog({ onClose }: { onClose: () => void }) {
  const { http, ui } = useApp();
  const words = useWords();
  const { add, form: said } = words.admin.emoji;
  const [picture, setPicture] = useState<ChosenPicture | null>(null);
  const [name, setName] = useState('');
  const [unreadable, setUnreadable] = useState<string | undefined>(undefined);
  useEffect(() => (picture ? () => URL.revokeObjectURL(picture.url) : undefined), [picture]);

  async function choose(file: File): Promise<void> {
    const read = await readPicture(file, { words, exact: true });
    setUnreadable('problem' in read ? read.problem : undefined);
    if ('problem' in read) return;
    setPicture(read);
    if (name === '') setName(emojiNameOf(read.fileName));
  }

  const { problems, busy, form } = useSubmit<'name' | 'picture'>({
    check: () =>
      problemsOf({
        name: emojiNameProblem(name, words),
        picture: picture === null ? said.noPicture : undefined,
      }),
    async submit() {
      if (picture === null) return;
      await http.call('emoji.add', { name, picture: picture.base64 });
      ui.toasts.show({ text: said.added(name), tone: 'positive' });
      onClose();
    },
    explain: (refused) =>
      refused.code === 'taken'
        ? { name: said.taken }
        : fieldOf(refused) === 'picture' || refused.code === 'unusable_picture'
          ? { picture: refusalText(words, refused) }
          : { form: refusalText(words, refused) },
  });
  return (
    <Dialog
      title={add}
      description={said.note}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.ui.cancel}</Button>
          <Button type="submit" form="add-emoji" variant="primary" busy={busy}>
            {said.submit}
          </Button>
        </>
      }
    >
      <form id="add-emoji" class="admin-form" {...form}>
        <FormProblem>{problems.form}</FormProblem>
        <div class="add-emoji__picture">
          <span class="add-emoji__place">{picture && <img src={picture.url} alt={said.chosen} />}</span>
          <FileButton icon={ImagePlus} autoFocus onFile={(file) => void choose(file)}>
            {picture ? said.another : said.choose}
          </FileButton>
        </div>
        <FormProblem>{unreadable ?? problems.picture}</FormProblem>
        <TextField
          label={said.name}
          hint={said.nameHint}
          placeholder="party_parrot"
          autoComplete="off"
          autoCapitalize="none"
          spellcheck={false}
          maxLength={40}
          value={name}
          onText={(text) => setName(text.toLowerCase().replaceAll(':', '').replaceAll(' ', '_'))}
          error={problems.name}
        />
        {picture && <Preview picture={picture} name={name} />}
      </form>
    </Dialog>
  );
}

/** As it will look in a message and as a reaction, on light and on dark. */
function Preview({ picture, name }: { picture: ChosenPicture; name: string }) {
  const words = useWords().admin.emoji.form;
  return (
    <div class="add-emoji__previews" aria-hidden="true">
      {(['light', 'dark'] as const).map((scheme) => (
        <div key={scheme} class="add-emoji__preview" data-scheme={scheme}>
          <p>
            <Sentence text={words.previewText} parts={{ emoji: <img src={picture.url} alt="" /> }} />
          </p>
          <span class="add-emoji__chip">
            <img src={picture.url} alt="" /> 3
          </span>
          <span class="add-emoji__name">:{name === '' ? words.previewName : name}:</span>
        </div>
      ))}
    </div>
  );
}
