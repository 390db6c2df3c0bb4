import { RotateCw, X } from 'lucide';
import { useApp } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { checkText } from './check-note.tsx';
import { sizeText } from './file-facts.ts';
import { FileIcon } from './file-icon.tsx';
import { refusedText } from './refused-text.ts';
import type { Upload } from './uploads.ts';
import './upload-tray.css';

type TrayProps = {
  uploads: readonly Upload[];
  /** It is sent by itself once all are done. */
  isSending: boolean;
  onDontSend: () => void;
  /** After one was taken away: the focus has no place any more. */
  onRemoved: () => void;
};

/** What is attached to the message that is being written. */
export function UploadTray({ uploads, isSending, onDontSend, onRemoved }: TrayProps) {
  const words = useWords().files;
  return (
    <div class="upload-tray">
      <ul aria-label={words.tray}>
        {uploads.map((upload) => (
          <li key={upload.id} data-status={upload.status}>
            <UploadRow upload={upload} onRemoved={onRemoved} />
          </li>
        ))}
      </ul>
      {isSending && (
        <p class="upload-tray__sending" role="status">
          {words.sendsWhenDone}
          <Button size="s" variant="quiet" onClick={onDontSend}>
            {words.dontSend}
          </Button>
        </p>
      )}
    </div>
  );
}

function UploadRow({ upload, onRemoved }: { upload: Upload; onRemoved: () => void }) {
  const { uploads, ui } = useApp();
  const words = useWords().files;
  const { id, name, type, status, preview, file } = upload;
  return (
    <>
      {preview === null ? (
        <span class="upload-tray__icon">
          <FileIcon type={type} size={20} />
        </span>
      ) : (
        <img class="upload-tray__icon" src={preview} alt="" />
      )}
      <span class="upload-tray__words">
        <span class="upload-tray__name" dir="auto">
          {name}
        </span>
        <Note upload={upload} />
      </span>
      {status === 'failed' && file === null && (
        <IconButton size="s" label={words.retry(name)} icon={RotateCw} onClick={() => uploads.retry(id)} />
      )}
      <IconButton
        size="s"
        label={status === 'done' || status === 'failed' ? words.remove(name) : words.cancel(name)}
        icon={X}
        onClick={() => {
          uploads.remove(id);
          ui.announcer.say(words.removed(name));
          onRemoved();
        }}
      />
    </>
  );
}

function Note({ upload }: { upload: Upload }) {
  const { ui } = useApp();
  const words = useWords();
  const { name, size, sent, status, refusal, isKept, file } = upload;
  const said = sizeText(ui.language.locale.value, size);
  if (status === 'failed' && file?.check !== undefined) {
    const { check, finding } = file;
    return <span class="upload-tray__note">{checkText(words, { check, finding })}</span>;
  }
  if (status === 'failed') {
    return <span class="upload-tray__note">{refusal ? refusedText(words, refusal) : ''}</span>;
  }
  if (status === 'done') {
    return (
      <span class="upload-tray__note">
        {words.files.ready} · {said}
      </span>
    );
  }
  const note = refusal === null ? said : words.files.waitingForServer;
  return (
    <>
      <progress max={Math.max(1, size)} value={sent} aria-label={words.files.progress(name)} />
      <span class="upload-tray__note">{isKept ? note : `${note} · ${words.files.notKept}`}</span>
    </>
  );
}
