import { Button, IconButton } from '../ui/button.tsx';
import type { IconShape } from '../ui/icon.tsx';
import { useApp } from './app-context.ts';

type HeadButtonProps = {
  /** what it says; on a phone only its name, so that the title has its room */
  children: string;
  icon: IconShape;
  variant?: 'primary' | 'secondary';
  busy?: boolean;
  onClick: () => void;
};

/** What can be done with a whole page, in the head of a `MainFrame`. */
export function HeadButton({
  children,
  icon,
  variant = 'secondary',
  busy = false,
  onClick,
}: HeadButtonProps) {
  const phone = useApp().ui.device.phone.value;
  if (phone) return <IconButton label={children} icon={icon} size="l" disabled={busy} onClick={onClick} />;
  return (
    <Button variant={variant} icon={icon} busy={busy} onClick={onClick}>
      {children}
    </Button>
  );
}
