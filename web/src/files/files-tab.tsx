import { useEffect } from 'preact/hooks';
import { Files, MessageSquare } from 'lucide';
import { changeFile } from '@confab/client/state/change-message';
import type { Output, Room } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { ListOf } from '../app/list-states.tsx';
import { roomPath } from '../app/routes.ts';
import { usePages } from '../app/use-pages.ts';
import { useWords } from '../language/index.ts';
import { usePerson } from '../people/use-person.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { isServed, kindOf, thumbnailPath } from './file-facts.ts';
import { FileCard } from './message-files.tsx';
import './files-tab.css';

type Listed = Output<'file.list'>['files'][number];

/** All files of a room, newest first. */
export function FilesTab({ room }: { room: Room }) {
  const { client } = useApp();
  const words = useWords().files.tab;
  const pages = usePages<Listed>(room.id, async (cursor) => {
    const page = await client.call('file.list', {
      roomId: room.id,
      ...(cursor === null ? {} : { cursor }),
    });
    return { items: page.files, next: page.next };
  });
  useEffect(
    () =>
      client.onEvent((event) => {
        if (event.name !== 'file.changed') return;
        const { file: change } = event.data;
        pages.change((items) => items.map((one) => ({ ...one, file: changeFile(one.file, change) })));
      }),
    [client, pages.change],
  );
  return (
    <ListOf
      pages={pages}
      label={words.list}
      class="files-tab"
      render={(listed) => (
        <li key={listed.file.id}>
          <ListedFile room={room} listed={listed} />
        </li>
      )}
      empty={
        <EmptyState icon={Files} title={words.none}>
          {words.noneNote}
        </EmptyState>
      }
    />
  );
}

function ListedFile({ room, listed }: { room: Room; listed: Listed }) {
  const { time } = useApp();
  const words = useWords();
  const author = usePerson(listed.authorId);
  const { file } = listed;
  const from = words.files.tab.from(author?.name ?? words.messages.somebody, time.value.full(listed.at));
  return (
    <>
      {file.hasThumbnail && isServed(file) && (
        <img
          class="files-tab__picture"
          data-kind={kindOf(file.type)}
          src={thumbnailPath(file)}
          alt=""
          loading="lazy"
          decoding="async"
        />
      )}
      <FileCard file={file} />
      <a
        class="files-tab__from"
        href={roomPath(room.id, listed.messageId)}
        aria-label={`${from}. ${words.files.tab.toMessage(file.name)}`}
      >
        <Icon of={MessageSquare} size={14} />
        {from}
      </a>
    </>
  );
}
