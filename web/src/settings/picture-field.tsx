import { useEffect, useState } from 'preact/hooks';
import { ImageUp } from 'lucide';
import type { User } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { pictureUrl } from '../emoji/emoji-state.ts';
import { useWords } from '../language/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { FileButton } from './file-button.tsx';
import { readPicture, type ChosenPicture } from './picture-file.ts';
import './picture-field.css';

/** One's picture: chosen or dropped, looked at, then used. */
export function PictureField({ me }: { me: User }) {
  const { http, attempt, ui } = useApp();
  const words = useWords();
  const said = words.settings.picture;
  const [chosen, setChosen] = useState<ChosenPicture | null>(null);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const [isOver, setOver] = useState(false);
  useEffect(() => (chosen ? () => URL.revokeObjectURL(chosen.url) : undefined), [chosen]);

  async function choose(file: File): Promise<void> {
    const read = await readPicture(file, { words });
    setProblem('problem' in read ? read.problem : undefined);
    if (!('problem' in read)) setChosen(read);
  }

  async function send(picture: string | null): Promise<void> {
    setBusy(true);
    const done = await attempt(http.call('user.setPicture', { picture }));
    setBusy(false);
    if (!done) return;
    setChosen(null);
    ui.toasts.show({ text: picture === null ? said.removed : said.changed, tone: 'positive' });
  }

  return (
    <div
      class="picture-field"
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer?.files[0];
        if (file) void choose(file);
      }}
    >
      <Avatar
        name={me.name}
        seed={me.id}
        size={96}
        src={chosen?.url ?? (me.picture && pictureUrl(me.picture))}
      />
      <div class="picture-field__words">
        <div class="picture-field__buttons">
          {chosen ? (
            <>
              <Button variant="primary" busy={busy} onClick={() => void send(chosen.base64)}>
                {said.use}
              </Button>
              <Button onClick={() => setChosen(null)}>{words.ui.cancel}</Button>
            </>
          ) : (
            <>
              <FileButton icon={ImageUp} onFile={(file) => void choose(file)}>
                {me.picture ? said.change : said.upload}
              </FileButton>
              {me.picture !== null && (
                <Button variant="quiet" busy={busy} onClick={() => void send(null)}>
                  {said.remove}
                </Button>
              )}
            </>
          )}
        </div>
        <p>{chosen ? said.preview : ui.device.touch.value ? said.kinds : said.kindsOrDrop}</p>
        <FormProblem>{problem}</FormProblem>
      </div>
    </div>
  );
}
