import { useEffect, useRef, useState } from 'preact/hooks';
import type { RefObject } from 'preact';
import { useApp } from '../app/app-context.ts';
import { refusedText } from './refused-text.ts';
import type { Upload } from './uploads.ts';

export interface Attaching {
  readonly uploads: readonly Upload[];
  /** All are there; also when there are none. */
  readonly isReady: boolean;
  readonly hasFailed: boolean;
  add(files: readonly File[]): void;
  /** Ids of what is there, for a message; they are none of the composer's business afterwards. */
  take(): string[];
}

/** The files of one composer. What happens to them is said to screen readers. */
export function useAttaching(roomId: string, threadId: string | null): Attaching {
  const { uploads: all, ui, words } = useApp();
  const uploads = all.all.value.filter((one) => one.roomId === roomId && one.threadId === threadId);
  const before = useRef(new Map<string, Upload['status']>());
  useEffect(() => {
    for (const { id, name, status, refusal } of uploads) {
      const last = before.current.get(id);
      before.current.set(id, status);
      if (last === undefined || last === status) continue;
      if (status === 'done') ui.announcer.say(words.value.files.finished(name));
      if (status === 'failed' && refusal)
        ui.announcer.say(words.value.files.failed(name, refusedText(words.value, refusal)));
    }
  });
  return {
    uploads,
    isReady: uploads.every(({ status }) => status === 'done'),
    hasFailed: uploads.some(({ status }) => status === 'failed'),
    add(files) {
      const leftOut = all.add({ roomId, threadId }, files);
      const said = words.value.files;
      if (files.length > leftOut) ui.announcer.say(said.started(files.length - leftOut));
      if (leftOut > 0) ui.toasts.show({ text: said.tooMany(leftOut), tone: 'danger' });
    },
    take() {
      const done = uploads.filter(({ file }) => file !== null);
      all.taken(done.map(({ id }) => id));
      return done.flatMap(({ file }) => (file === null ? [] : [file.id]));
    },
  };
}

/** Whether files are being dragged over the parent of an element; dropped there, they are attached. */
export function useDropping(place: RefObject<HTMLElement | null>, onFiles: (files: File[]) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  const drop = useRef(onFiles);
  drop.current = onFiles;
  useEffect(() => {
    const target = place.current?.parentElement;
    if (!target) return undefined;
    const listening = new AbortController();
    const on = (kind: string, run: (event: DragEvent) => void): void =>
      target.addEventListener(kind, (event) => run(event as DragEvent), { signal: listening.signal });
    const carriesFiles = ({ dataTransfer }: DragEvent): boolean =>
      dataTransfer?.types.includes('Files') === true;
    for (const kind of ['dragenter', 'dragover']) {
      on(kind, (event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        setIsOver(true);
      });
    }
    on('dragleave', ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && target.contains(relatedTarget))) setIsOver(false);
    });
    on('drop', (event) => {
      setIsOver(false);
      if (!carriesFiles(event)) return;
      event.preventDefault();
      drop.current([...(event.dataTransfer?.files ?? [])]);
    });
    return () => listening.abort();
  }, []);
  return isOver;
}
