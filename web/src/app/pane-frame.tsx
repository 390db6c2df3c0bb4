import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { ArrowLeft, X } from 'lucide';
import { useWords } from '../language/index.ts';
import { IconButton } from '../ui/button.tsx';
import { useApp } from './app-context.ts';
import './pane-frame.css';

type PaneFrameProps = {
  title: string;
  note?: ComponentChildren;
  actions?: ComponentChildren;
  children: ComponentChildren;
  focusHeading?: boolean;
};

/** What stands to the right of the main column: a head with a way out, and what is below it. */
export function PaneFrame({ title, note, actions, children, focusHeading = true }: PaneFrameProps) {
  const words = useWords();
  const { router, ui } = useApp();
  const phone = ui.device.phone.value;
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focusHeading) head.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <aside class="pane-frame" data-region="pane" aria-label={title}>
      <header class="pane-frame__head">
        {phone && (
          <IconButton
            class="back-button"
            label={words.app.back}
            icon={ArrowLeft}
            size="l"
            onClick={router.closePane}
          />
        )}
        <div class="pane-frame__title">
          <h2 ref={head} tabIndex={-1}>
            {title}
          </h2>
          {note !== undefined && <div class="pane-frame__note">{note}</div>}
        </div>
        {actions}
        {!phone && <IconButton label={words.ui.close} keys="Escape" icon={X} onClick={router.closePane} />}
      </header>
      {children}
    </aside>
  );
}
