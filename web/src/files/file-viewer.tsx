import { useLayoutEffect, useState } from 'preact/hooks';
import { ChevronLeft, ChevronRight, Download, ImageOff, X, ZoomIn, ZoomOut } from 'lucide';
import type { FileInfo } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { IconButton } from '../ui/button.tsx';
import { ModalFrame } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { filePath, isPicture, lookPath, sizeText } from './file-facts.ts';
import './file-viewer.css';

const zoomMax = 4;

type ViewerProps = {
  files: readonly FileInfo[];
  startId: string;
  onClose: () => void;
};

/** Pictures of a message, or the first page of a document, one at a time over the whole page. Arrows go on, plus and minus zoom, Esc closes. */
export function FileViewer({ files, startId, onClose }: ViewerProps) {
  const { ui } = useApp();
  const words = useWords().files;
  const [index, setIndex] = useState(() =>
    Math.max(
      0,
      files.findIndex(({ id }) => id === startId),
    ),
  );
  const [zoom, setZoom] = useState(1);
  const file = files[index];

  function step(by: 1 | -1): void {
    const next = index + by;
    if (!files[next]) return;
    setIndex(next);
    setZoom(1);
    ui.announcer.say(`${files[next].name}, ${words.viewer.place(next + 1, files.length)}`);
  }

  function zoomBy(factor: number): void {
    setZoom(Math.min(zoomMax, Math.max(1, zoom * factor)));
  }

  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isRtl = document.documentElement.dir === 'rtl';
      const run = {
        ArrowLeft: () => step(isRtl ? 1 : -1),
        ArrowRight: () => step(isRtl ? -1 : 1),
        '+': () => zoomBy(2),
        '-': () => zoomBy(0.5),
        '0': () => setZoom(1),
      }[event.key];
      if (!run || event.ctrlKey || event.metaKey || event.altKey) return;
      // Once it is larger than the page, arrows look around in it.
      if (zoom > 1 && event.key.startsWith('Arrow')) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });

  if (!file) return null;
  return (
    <ModalFrame class="file-viewer" label={words.viewer.title(file.name)} onDismiss={onClose}>
      <header class="file-viewer__head">
        <span class="file-viewer__words">
          <span class="file-viewer__name" dir="auto">
            {file.name}
          </span>
          <span class="file-viewer__note">
            {sizeText(ui.language.locale.value, file.size)}
            {!isPicture(file) && ` · ${words.viewer.firstPage}`}
            {files.length > 1 && ` · ${words.viewer.place(index + 1, files.length)}`}
          </span>
        </span>
        <IconButton
          label={words.viewer.zoomOut}
          icon={ZoomOut}
          disabled={zoom <= 1}
          onClick={() => zoomBy(0.5)}
        />
        <IconButton
          label={words.viewer.zoomIn}
          icon={ZoomIn}
          disabled={zoom >= zoomMax}
          onClick={() => zoomBy(2)}
        />
        <a
          class="ui-button"
          data-variant="quiet"
          data-size="m"
          href={filePath(file)}
          download={file.name}
          aria-label={words.download(file.name)}
          data-tooltip={words.viewer.download}
        >
          <Icon of={Download} size={20} />
        </a>
        <IconButton label={words.viewer.close} icon={X} autofocus onClick={onClose} />
      </header>
      <Picture key={file.id} file={file} zoom={zoom} />
      {files.length > 1 && (
        <>
          <IconButton
            class="file-viewer__previous"
            label={words.viewer.previous}
            icon={ChevronLeft}
            disabled={index === 0}
            onClick={() => step(-1)}
          />
          <IconButton
            class="file-viewer__next"
            label={words.viewer.next}
            icon={ChevronRight}
            disabled={index === files.length - 1}
            onClick={() => step(1)}
          />
        </>
      )}
    </ModalFrame>
  );
}

function Picture({ file, zoom }: { file: FileInfo; zoom: number }) {
  const words = useWords().files;
  const [isBroken, setIsBroken] = useState(false);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what is larger than the page scrolls
    <div class="file-viewer__stage" data-zoomed={zoom > 1} tabIndex={zoom > 1 ? 0 : -1}>
      {isBroken ? (
        <p class="file-viewer__broken" role="alert">
          <Icon of={ImageOff} size={32} />
          {words.notShown}
        </p>
      ) : (
        <img
          src={lookPath(file)}
          alt={file.name}
          width={file.width}
          height={file.height}
          style={zoom > 1 ? { inlineSize: `${zoom * 100}%` } : {}}
          onError={() => setIsBroken(true)}
        />
      )}
    </div>
  );
}
