import { useApp, type App } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { CopyField } from '../settings/copy-field.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

type ResetLink = {
  name: string;
  resetToken: string;
  /** milliseconds since 1970; undefined where the server did not say */
  expiresAt?: number;
  /** whether the person was only just added */
  isNew: boolean;
};

/** The link with which somebody sets their password; shown once, so that only its own button closes it. */
export function showResetLink(app: App, link: ResetLink): void {
  app.dialogs.show((close) => <ResetLinkDialog link={link} onClose={close} />);
}

function ResetLinkDialog({ link, onClose }: { link: ResetLink; onClose: () => void }) {
  const { time } = useApp();
  const { admin, settings } = useWords();
  const words = admin.reset;
  const { name, resetToken, expiresAt, isNew } = link;
  return (
    <Dialog
      title={isNew ? words.added(name) : words.linkFor(name)}
      description={isNew ? words.sendNew(name) : words.send(name)}
      onClose={onClose}
      dismissable={false}
      actions={
        <Button variant="primary" onClick={onClose}>
          {settings.done}
        </Button>
      }
    >
      <CopyField
        label={words.link}
        autoFocus
        value={`${location.origin}/reset/${encodeURIComponent(resetToken)}`}
        hint={expiresAt === undefined ? words.hint : words.hintUntil(time.value.relative(expiresAt))}
      />
    </Dialog>
  );
}
