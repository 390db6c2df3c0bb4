import { useApp, type App } from '../app/app-context.ts';
import { ConfirmDialog } from '../ui/dialog.tsx';

export function confirmSignOut(app: App): void {
  app.dialogs.show((close) => <SignOutDialog onClose={close} />);
}

function SignOutDialog({ onClose }: { onClose: () => void }) {
  const app = useApp();
  const unsent = [...app.client.state.outbox.values()].filter(({ name }) => name === 'message.send').length;
  return (
    <ConfirmDialog
      title="Sign out?"
      confirmLabel="Sign out"
      danger={unsent > 0}
      onConfirm={async () => {
        if (await app.attempt(app.session.signOut())) app.router.go('/', { replace: true });
      }}
      onClose={onClose}
    >
      {unsent > 0
        ? `${unsent === 1 ? 'One message has' : `${unsent} messages have`} not been sent yet and would be lost.`
        : 'What is kept on this device will be removed. Everything stays on the server.'}
    </ConfirmDialog>
  );
}
