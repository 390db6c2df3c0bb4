import { useComputed } from '@preact/signals';
import { useApp, type App } from '../../app/app-context.ts';

/** Who is writing just now. Its place is there always, so that nothing moves. */
export function TypingLine({ roomId, threadId }: { roomId: string; threadId: string | null }) {
  const app = useApp();
  const words = useComputed(() => typingWords(app, roomId, threadId)).value;
  return (
    <p class="typing-line" aria-live="off">
      {words !== '' && (
        <>
          <span class="typing-line__dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {words}
        </>
      )}
    </p>
  );
}

function typingWords({ client, live, words }: App, roomId: string, threadId: string | null): string {
  const said = words.value.composer;
  live.follow(`typing:${roomId}`);
  const place = threadId === null ? roomId : `${roomId}/${threadId}`;
  const ids = [...(client.state.typing.get(place)?.keys() ?? [])];
  if (ids.length === 0) return '';
  if (ids.length > 3) return said.typingMany;
  const names = ids.flatMap((id) => {
    live.follow(`user:${id}`);
    return client.state.users.get(id)?.name ?? [];
  });
  if (names.length === 0) return '';
  return said.typing(names);
}
