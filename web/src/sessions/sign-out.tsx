import { useApp, type App } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { ConfirmDialog } from '../ui/dialog.tsx';

export function confirmSignOut(app: App): void {
  app.dialogs.show((close) => <SignOutDialog onClose={close} />);
}

function SignOutDialog({ onClose }: { onClose: () => void }) {
  const app = useApp();
  const words = useWords().sessions.signOut;
  const unsent = [...app.client.state.outbox.values()].filter(({ name }) => name === 'message.send').length;
  return (
    <ConfirmDialog
      title={words.title}
      confirmLabel={words.submit}
      danger={unsent > 0}
      onConfirm={async () => {
        if (await app.attempt(app.session.signOut())) app.router.go('/', { replace: true });
      }}
      onClose={onClose}
    >
      {unsent > 0 ? words.unsent(unsent) : words.note}
    </ConfirmDialog>
  );
}
