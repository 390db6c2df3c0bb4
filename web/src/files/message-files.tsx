import { useState } from 'preact/hooks';
import { Download, ImageOff, ShieldEllipsis } from 'lucide';
import type { FileInfo } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { lazy } from '../app/lazy.tsx';
import { useWords } from '../language/index.ts';
import { Icon } from '../ui/icon.tsx';
import { CheckNote } from './check-note.tsx';
import { endingOf, filePath, isPicture, isServed, kindOf, sizeText, thumbnailPath } from './file-facts.ts';
import { FileIcon } from './file-icon.tsx';
import './message-files.css';

/** What a picture alone may take of the timeline, in pixels. */
const box = { width: 360, height: 300 };

const TextPreview = lazy(async () => (await import('./text-preview.tsx')).TextPreview);
const Viewer = lazy(async () => (await import('./file-viewer.tsx')).FileViewer);

/** The files of a message: pictures in their size, what can be played, and cards for the rest. */
export function MessageFiles({ files }: { files: readonly FileInfo[] }) {
  const words = useWords().files;
  const isShownAsPicture = (file: FileInfo): file is Picture =>
    isPicture(file) && (isServed(file) || file.check === 'waiting');
  const pictures = files.filter(isShownAsPicture);
  const others = files.filter((file) => !isShownAsPicture(file));
  return (
    <div class="message-files" role="group" aria-label={words.inMessage}>
      {pictures.length > 0 && (
        <div class="message-files__pictures" data-many={pictures.length > 1}>
          {pictures.map((file) => (
            <PictureTile
              key={file.id}
              file={file}
              isAlone={pictures.length === 1}
              among={pictures.filter(isServed)}
            />
          ))}
        </div>
      )}
      {others.map((file) => (
        <OtherFile key={file.id} file={file} />
      ))}
    </div>
  );
}

type Picture = FileInfo & { width: number; height: number };

/** As wide as it fits: its place is the same before and after it is loaded. */
function sizeOf({ width, height }: Picture): { inlineSize: string; aspectRatio: string } {
  const scale = Math.min(1, box.width / width, box.height / height);
  return { inlineSize: `${Math.max(48, Math.round(width * scale))}px`, aspectRatio: `${width} / ${height}` };
}

type TileProps = { file: Picture; isAlone: boolean; among: readonly Picture[] };

/** While it is looked through its place is kept. */
function PictureTile({ file, isAlone, among }: TileProps) {
  const words = useWords().files;
  const style = isAlone ? sizeOf(file) : {};
  if (isServed(file)) return <PictureButton file={file} style={style} among={among} />;
  return (
    <span
      class="message-picture"
      style={style}
      role="img"
      aria-label={`${file.name}: ${words.check.waiting}`}
      data-tooltip={file.name}
    >
      <span class="message-picture__note">
        <Icon of={ShieldEllipsis} size={24} />
        {words.check.waiting}
      </span>
    </span>
  );
}

type ButtonProps = Pick<TileProps, 'file' | 'among'> & { style: Partial<ReturnType<typeof sizeOf>> };

function PictureButton({ file, style, among }: ButtonProps) {
  const { dialogs } = useApp();
  const words = useWords().files;
  const [isBroken, setIsBroken] = useState(false);
  if (isBroken) {
    return (
      <span class="message-picture" style={style} role="img" aria-label={`${file.name}: ${words.notShown}`}>
        <Icon of={ImageOff} size={24} />
      </span>
    );
  }
  return (
    <button
      type="button"
      class="message-picture"
      style={style}
      aria-label={words.open(file.name)}
      data-tooltip={file.name}
      onClick={() => dialogs.show((close) => <Viewer files={among} startId={file.id} onClose={close} />)}
    >
      <img
        src={file.hasThumbnail ? thumbnailPath(file) : filePath(file)}
        alt=""
        width={file.width}
        height={file.height}
        loading="lazy"
        decoding="async"
        draggable={false}
        onError={() => setIsBroken(true)}
      />
    </button>
  );
}

function OtherFile({ file }: { file: FileInfo }) {
  const words = useWords().files;
  const [isBroken, setIsBroken] = useState(false);
  const kind = kindOf(file.type);
  if (!isServed(file)) {
    return (
      <div class="message-file">
        <FileCard file={file} />
      </div>
    );
  }
  return (
    <div class="message-file" data-kind={kind}>
      {kind === 'document' && file.hasThumbnail && <FirstPage file={file} />}
      <FileCard file={file} />
      {isBroken && (
        <p class="message-file__broken" role="alert">
          {words.notShown}
        </p>
      )}
      {kind === 'video' && !isBroken && (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- what people send has none
        <video
          src={filePath(file)}
          {...(file.hasThumbnail ? { poster: thumbnailPath(file) } : {})}
          controls
          preload="metadata"
          aria-label={file.name}
          onError={() => setIsBroken(true)}
        />
      )}
      {kind === 'audio' && !isBroken && (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- what people send has none
        <audio
          src={filePath(file)}
          controls
          preload="none"
          aria-label={file.name}
          onError={() => setIsBroken(true)}
        />
      )}
      {kind === 'text' && <TextPreview file={file} />}
    </div>
  );
}

/** The upper part of a document's first page; all of it opens large. */
function FirstPage({ file }: { file: FileInfo }) {
  const { dialogs } = useApp();
  const words = useWords().files;
  const [isBroken, setIsBroken] = useState(false);
  if (isBroken) return null;
  return (
    <button
      type="button"
      class="message-file__page"
      aria-label={words.open(file.name)}
      data-tooltip={words.viewer.firstPage}
      onClick={() => dialogs.show((close) => <Viewer files={[file]} startId={file.id} onClose={close} />)}
    >
      <img
        src={thumbnailPath(file)}
        alt=""
        loading="lazy"
        decoding="async"
        draggable={false}
        onError={() => setIsBroken(true)}
      />
    </button>
  );
}

/** Name, kind and size of a file, and the way to have it, or why there is none. */
export function FileCard({ file }: { file: FileInfo }) {
  const { ui } = useApp();
  const words = useWords().files;
  const what = endingOf(file.name) || words.kinds[kindOf(file.type)];
  return (
    <div class="file-card">
      <span class="file-card__icon">
        <FileIcon type={file.type} />
      </span>
      <span class="file-card__words">
        <span class="file-card__name" dir="auto">
          {file.name}
        </span>
        <span class="file-card__note">
          {what} · {sizeText(ui.language.locale.value, file.size)}
        </span>
        <CheckNote file={file} />
      </span>
      {isServed(file) && (
        <a
          class="ui-button file-card__download"
          data-variant="quiet"
          data-size="s"
          href={filePath(file)}
          download={file.name}
          aria-label={words.download(file.name)}
          data-tooltip={words.download(file.name)}
        >
          <Icon of={Download} size={18} />
        </a>
      )}
    </div>
  );
}
