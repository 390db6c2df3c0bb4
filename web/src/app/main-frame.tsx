import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { ArrowLeft } from 'lucide';
import { useWords } from '../language/index.ts';
import { IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { useApp } from './app-context.ts';
import './main-frame.css';

type MainFrameProps = {
  title: string;
  /** in the place of the title's words, when it is more than words */
  heading?: ComponentChildren;
  /** one quiet line beside or below the title */
  note?: ComponentChildren;
  actions?: ComponentChildren;
  children: ComponentChildren;
  /** whether the heading takes the focus when one arrives; where something else does, no */
  focusHeading?: boolean;
};

/** The main column: a head with title and actions, and what scrolls below it. On a phone the head leads back. */
export function MainFrame(props: MainFrameProps) {
  const { title, heading, note, actions, children, focusHeading = true } = props;
  const words = useWords().app;
  const { router, ui } = useApp();
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focusHeading && router.arrivals.peek() > 0) head.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <main class="main-frame" id="main" data-region="main" aria-label={title}>
      <header class="main-frame__head">
        {ui.device.phone.value && (
          <IconButton
            class="back-button"
            label={words.back}
            icon={ArrowLeft}
            size="l"
            onClick={() => router.back()}
          />
        )}
        <div class={classNames('main-frame__title', ui.device.phone.value && 'main-frame__title--stacked')}>
          <h1 ref={head} tabIndex={-1}>
            {heading ?? title}
          </h1>
          {note !== undefined && (
            <div class="main-frame__note" dir="auto">
              {note}
            </div>
          )}
        </div>
        {actions !== undefined && <div class="main-frame__actions">{actions}</div>}
      </header>
      {children}
    </main>
  );
}
