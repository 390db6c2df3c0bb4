import { useEffect, useRef, useState } from 'preact/hooks';
import { limits } from '@confab/protocol/limits';
import { useApp } from '../../app/app-context.ts';
import { scheduleMessage } from '../../drafts/schedule.ts';
import { useAttaching, type Attaching } from '../../files/use-attaching.ts';
import { useMessagesPlace } from '../messages-context.ts';
import { runSlashCommand } from './run-slash-command.tsx';
import { parseSlashCommand } from './slash-command.ts';
import { useDraft } from './use-draft.ts';

/** What is being written, and what becomes of it. */
export interface Writing {
  readonly text: string;
  readonly attaching: Attaching;
  /** How many characters may still come. */
  readonly left: number;
  readonly canSend: boolean;
  /** It goes as soon as its files are there. */
  readonly isSending: boolean;
  dontSend(): void;
  readonly alsoInRoom: boolean;
  setAlsoInRoom(alsoInRoom: boolean): void;
  write(text: string): void;
  send(): void;
  /** Answers whether it is planned. */
  sendLater(sendAt: number): Promise<boolean>;
}

/** @param onSent after a message was sent from here */
export function useWriting(onSent: () => void): Writing {
  const app = useApp();
  const { room, threadId, quoted } = useMessagesPlace();
  const [text, setText] = useDraft(room.id, threadId);
  const latest = useRef(text);
  latest.current = text;
  const [alsoInRoom, setAlsoInRoom] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const attaching = useAttaching(room.id, threadId);
  const hasFiles = attaching.uploads.length > 0;
  const left = limits.messageCharsMax - text.length;
  const canSend = (text.trim() !== '' || hasFiles) && left >= 0 && !attaching.hasFailed;

  useEffect(() => {
    if (!isSending) return;
    if (!hasFiles || attaching.hasFailed) setIsSending(false);
    else if (attaching.isReady) send();
  }, [isSending, hasFiles, attaching.isReady, attaching.hasFailed]);

  function send(): void {
    if (!canSend) return;
    const command = threadId === null && !hasFiles ? parseSlashCommand(text) : null;
    if (command) {
      // At once, so that what is typed meanwhile stays; what could not be done is given back.
      latest.current = '';
      setText('');
      void runSlashCommand(app, room, command).then((done) => {
        if (!done && latest.current === '') setText(text);
      });
    } else if (attaching.isReady) {
      const fileIds = attaching.take();
      app.client.send(room.id, { ...written(), ...(fileIds.length > 0 ? { fileIds } : {}) });
      clear();
      onSent();
    } else setIsSending(true);
  }

  function written(): { text: string; threadId?: string; alsoInRoom?: boolean; quoteId?: string } {
    const quote = quoted.peek();
    return {
      text: text.trimEnd(),
      ...(threadId === null ? {} : { threadId, ...(alsoInRoom ? { alsoInRoom } : {}) }),
      ...(quote ? { quoteId: quote.id } : {}),
    };
  }

  function clear(): void {
    quoted.value = null;
    setAlsoInRoom(false);
    setIsSending(false);
    setText('');
  }

  return {
    text,
    attaching,
    left,
    canSend,
    isSending,
    dontSend: () => setIsSending(false),
    alsoInRoom,
    setAlsoInRoom,
    write(next) {
      setText(next);
      if (next !== '' && !next.startsWith('/')) app.client.setTyping(room.id, threadId);
    },
    send,
    async sendLater(sendAt) {
      const done = await scheduleMessage(app, { roomId: room.id, ...written() }, sendAt);
      if (done) clear();
      return done;
    },
  };
}
