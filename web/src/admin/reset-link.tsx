import { useApp, type App } from '../app/app-context.ts';
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
  const { name, resetToken, expiresAt, isNew } = link;
  const until =
    expiresAt === undefined
      ? 'It works once, for three days,'
      : `It works once, expires ${time.value.relative(expiresAt)}`;
  return (
    <Dialog
      title={isNew ? `${name} was added` : `A link for ${name}`}
      description={`Send this link to ${name} in a way that only they can read. ${isNew ? 'With it they set a password and come in.' : 'With it they set a new password.'}`}
      onClose={onClose}
      dismissable={false}
      actions={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <CopyField
        label="Link"
        autoFocus
        value={`${location.origin}/reset/${encodeURIComponent(resetToken)}`}
        hint={`${until} and is not shown again.`}
      />
    </Dialog>
  );
}
