import type { Message } from '@confab/protocol';
import type { App } from '../app/app-context.ts';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { MessageText } from './message-text.tsx';

export function confirmDelete(app: App, message: Message): void {
  const isOwn = message.authorId === app.client.state.me?.userId;
  app.dialogs.show((close) => (
    <ConfirmDialog
      title={isOwn ? 'Delete this message?' : 'Delete somebody else’s message?'}
      confirmLabel="Delete message"
      danger
      onConfirm={async () => {
        await app.attempt(app.client.call('message.delete', { messageId: message.id }));
      }}
      onClose={close}
    >
      <>
        It goes for everyone and cannot be brought back.
        <span class="delete-preview">
          <MessageText message={message} />
        </span>
      </>
    </ConfirmDialog>
  ));
}
