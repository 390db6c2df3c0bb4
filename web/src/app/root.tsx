import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { useWords } from '../language/index.ts';
import { createHighlighter, MarkdownContext, type MarkdownSurroundings } from '../markdown/index.ts';
import { Brand } from './brand.tsx';
import { useApp, type App } from './app-context.ts';
import { Shell } from './shell.tsx';
import { UnsubscribePage } from '../notifications/unsubscribe-page.tsx';
import { DoorPage } from '../sessions/door-page.tsx';
import { ForgotPasswordPage } from '../sessions/forgot-password.tsx';
import { ResetPasswordPage } from '../sessions/reset-password.tsx';
import { SetUpPage } from '../sessions/set-up.tsx';
import { SignInPage } from '../sessions/sign-in.tsx';
import { SignUpPage } from '../sessions/sign-up.tsx';
import { Button } from '../ui/button.tsx';
import { Delayed } from '../ui/spinner.tsx';

/** For whoever comes by a link, signed in or not. */
const linkPages: readonly string[] = ['join', 'reset', 'forgot', 'unsubscribe'];

/** The page for where one is and who one is, and the dialogs over it. */
export function Root() {
  const app = useApp();
  const { router, dialogs } = app;
  const { name } = router.route.value;
  const surroundings = useMemo(() => surroundingsOf(app), []);
  return (
    <MarkdownContext.Provider value={surroundings}>
      {linkPages.includes(name) ? <LinkPage /> : <Inside />}
      {dialogs.shown.value.map(({ id, children }) => (
        <DialogPlace key={id}>{children}</DialogPlace>
      ))}
    </MarkdownContext.Provider>
  );
}

/** What all texts have in common; who and what a text names is said by whoever draws it. */
function surroundingsOf({ router }: App): MarkdownSurroundings {
  return {
    mention: () => null,
    everyone: () => null,
    room: () => null,
    emoji: () => null,
    highlighter: createHighlighter(),
    onLink(href, event) {
      const url = new URL(href, location.href);
      if (url.origin !== location.origin || url.pathname.startsWith('/api/')) return;
      event.preventDefault();
      router.go(url.pathname + url.search);
    },
  };
}

function DialogPlace({ children }: { children: ComponentChildren }) {
  return <>{children}</>;
}

function LinkPage() {
  const route = useApp().router.route.value;
  if (route.name === 'join') return <SignUpPage secret={route.secret} />;
  if (route.name === 'reset') return <ResetPasswordPage token={route.token} />;
  if (route.name === 'forgot') return <ForgotPasswordPage />;
  if (route.name === 'unsubscribe') return <UnsubscribePage token={route.token} />;
  return null;
}

function Inside() {
  switch (useApp().session.phase.value) {
    case 'starting':
      return <Starting />;
    case 'set-up':
      return <SetUpPage />;
    case 'signed-out':
      return <SignInPage />;
    case 'outdated':
      return <Outdated />;
    case 'signed-in':
      return <Shell />;
  }
}

function Starting() {
  const words = useWords().app;
  return (
    <main class="door" aria-busy="true">
      <Delayed delayMs={600}>
        <Brand size={56} />
        <p class="door__foot" role="status">
          {words.connecting}
        </p>
      </Delayed>
    </main>
  );
}

function Outdated() {
  const { page } = useApp();
  const words = useWords().app.outdated;
  return (
    <DoorPage title={words.title} lead={words.lead}>
      <Button variant="primary" size="l" wide onClick={() => void page.update()}>
        {words.reload}
      </Button>
    </DoorPage>
  );
}
