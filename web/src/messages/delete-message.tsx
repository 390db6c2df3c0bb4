import type { Message } from '@confab/protocol';
import type { App } from '../app/app-context.ts';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { MessageText } from './message-text.tsx';

export function confirmDelete(app: App, message: Message): void {
  const isOwn = message.authorId === app.client.state.me?.userId;
  const words = app.words.value.messages.remove;
  app.dialogs.show((close) => (
    <ConfirmDialog
      title={isOwn ? words.ownTitle : words.othersTitle}
      confirmLabel={words.confirm}
      danger
      onConfirm={async () => {
        await app.attempt(app.client.call('message.delete', { messageId: message.id }));
      }}
      onClose={close}
    >
      <>
        {words.note}
        <span class="delete-preview">
          <MessageText message={message} />
        </span>
      </>
    </ConfirmDialog>
  ));
}
