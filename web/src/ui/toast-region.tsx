import { useLayoutEffect, useRef } from 'preact/hooks';
import { CircleAlert, CircleCheck, X } from 'lucide';
import { useWords } from '../language/index.ts';
import { Button, IconButton } from './button.tsx';
import { Icon } from './icon.tsx';
import type { ShownToast, Toasts } from './toasts.ts';
import './toast-region.css';

/** Once on the page. In the top layer, over dialogs. */
export function ToastRegion({ toasts }: { toasts: Toasts }) {
  const words = useWords().ui;
  const region = useRef<HTMLElement>(null);
  const list = toasts.shown.value;
  const newest = list.at(-1)?.id;

  // shown anew for each toast, since dialogs opened in between lie above it
  useLayoutEffect(() => {
    const element = region.current;
    if (element === null) return;
    if (element.matches(':popover-open')) element.hidePopover();
    if (newest !== undefined) element.showPopover();
  }, [newest]);

  return (
    <section
      ref={region}
      class="ui-toasts"
      popover="manual"
      aria-label={words.notices}
      onPointerEnter={toasts.pause}
      onPointerLeave={toasts.resume}
      onFocusIn={toasts.pause}
      onFocusOut={toasts.resume}
    >
      <div role="log" aria-live="polite" aria-label={words.notices}>
        {list.map((toast) => (
          <ToastCard key={toast.id} toast={toast} onDismiss={() => toasts.dismiss(toast.id)} />
        ))}
      </div>
    </section>
  );
}

function ToastCard({ toast, onDismiss }: { toast: ShownToast; onDismiss: () => void }) {
  const { text, tone = 'neutral', action } = toast;
  const icon = tone === 'danger' ? CircleAlert : tone === 'positive' ? CircleCheck : null;
  return (
    <div class="ui-toast" data-tone={tone}>
      {icon && <Icon of={icon} size={18} class="ui-toast__icon" />}
      <p>{text}</p>
      {action && (
        <Button
          size="s"
          variant="quiet"
          onClick={() => {
            action.run();
            onDismiss();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton size="s" label={useWords().ui.dismiss} icon={X} iconSize={16} onClick={onDismiss} />
    </div>
  );
}
