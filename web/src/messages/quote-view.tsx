import { useComputed } from '@preact/signals';
import type { Message } from '@confab/protocol';
import { parseMarkdown, toPlainText } from '@confab/protocol/markdown';
import { useApp } from '../app/app-context.ts';
import { roomPath } from '../app/routes.ts';
import { useWords } from '../language/index.ts';
import { usePerson } from '../people/use-person.ts';
import './quote-view.css';

const excerptCharsMax = 280;

/** A message that another one quotes: who and what, and a way to it. */
export function QuoteView({ roomId, messageId }: { roomId: string; messageId: string }) {
  const { client, live } = useApp();
  const words = useWords().messages.quote;
  const message = useComputed(() => {
    live.follow(`timeline:${roomId}`);
    const room = client.state.messages.get(roomId);
    return room?.held.get(messageId)?.message ?? room?.quotes.get(messageId) ?? null;
  }).value;
  if (message === null)
    return <blockquote class="quote-view quote-view--unknown">{words.unknown}</blockquote>;
  return (
    <a class="quote-view" href={roomPath(roomId, messageId)}>
      <QuotedWords message={message} />
    </a>
  );
}

export function QuotedWords({ message }: { message: Message }) {
  const author = usePerson(message.authorId);
  const words = useWords().messages;
  return (
    <>
      <span class="quote-view__author">{author?.name ?? ' '}</span>
      <span class="quote-view__text" dir="auto">
        {message.deletedAt === null ? excerptOf(message) : words.deleted}
      </span>
    </>
  );
}

/** The beginning of what it says; the names of its files when it says nothing. */
export function excerptOf({ text, files = [] }: Message): string {
  if (text === '') return files.map(({ name }) => name).join(', ');
  return toPlainText(parseMarkdown(text), excerptCharsMax);
}
