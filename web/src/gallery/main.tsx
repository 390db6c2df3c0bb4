import { render } from 'preact';
import { createLanguage } from '../language/index.ts';
import { after, createAppearance, createDevice, createMemory } from '../platform/index.ts';
import { createAnnouncer, createShortcuts, createToasts, UiRoot } from '../ui/index.ts';
import { Gallery } from './gallery.tsx';

const root = document.getElementById('gallery');
const device = createDevice();
const language = createLanguage({
  memory: createMemory(localStorage),
  root: document.documentElement,
  preferred: navigator.languages,
});
const ui = {
  device,
  language,
  announcer: createAnnouncer({ after }),
  toasts: createToasts({ after }),
  shortcuts: createShortcuts({ target: window, apple: device.apple }),
};
const appearance = createAppearance(localStorage, document.documentElement);

if (root !== null) {
  render(
    <UiRoot ui={ui}>
      <Gallery appearance={appearance} />
    </UiRoot>,
    root,
  );
}
