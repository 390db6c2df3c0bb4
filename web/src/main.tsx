import { render } from 'preact';
import { effect } from '@preact/signals';
import { createIndexedDbStorage } from '@confab/client/platform/storage/indexed-db';
import { AppContext } from './app/app-context.ts';
import { createApp } from './app/create-app.ts';
import { followUpdates } from './app/follow-updates.ts';
import { followTitle } from './app/page-title.ts';
import { openEarly } from './app/open-early.ts';
import { Root } from './app/root.tsx';
import { followWithheld } from './files/follow-withheld.ts';
import { after } from './platform/index.ts';
import { followPreferences } from './settings/preferences.ts';
import { UiRoot } from './ui/ui-root.tsx';

const app = createApp({
  window,
  storage: createIndexedDbStorage('confab'),
  fileStorage: createIndexedDbStorage('confab-files'),
});
const place = document.getElementById('app');

/** Not awaited here: a language is a part of its own that needs this one, which would wait for it. */
async function show(): Promise<void> {
  await app.ui.language.ready;
  if (place === null) throw new Error('There is no #app in the page.');
  render(
    <AppContext.Provider value={app}>
      <UiRoot ui={app.ui}>
        <Root />
      </UiRoot>
    </AppContext.Provider>,
    place,
  );
  followTitle(app, document);
  followUpdates(app);
  followPreferences(app);
  followSignedIn();
  followUploads();
  followWithheld(app);
}

/** Whoever is in is notified; what that takes is loaded when nothing waits for it any more. */
function followSignedIn(): void {
  let stop: (() => void) | null = null;
  effect(() => {
    const isIn = app.session.phase.value === 'signed-in' && app.desktop.permission.value === 'granted';
    if (!isIn) {
      stop?.();
      stop = null;
    } else if (stop === null) {
      let isOver = false;
      stop = () => (isOver = true);
      void import('./notifications/index.ts').then(({ followNotices }) => {
        if (!isOver) stop = followNotices(app, window);
      });
    }
  });
}

/** What an earlier page began to upload goes on; of whoever signs out nothing stays. */
function followUploads(): void {
  let wasIn = false;
  effect(() => {
    const phase = app.session.phase.value;
    if (phase === 'signed-in' && !wasIn) void app.uploads.resume();
    if (phase === 'signed-out' && wasIn) void app.uploads.forget();
    wasIn = phase === 'signed-in';
  });
}

void app.session.start().then(() => openEarly(app, after));
void show();
