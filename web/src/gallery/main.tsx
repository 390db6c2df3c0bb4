import { render } from 'preact';
import { after, createAppearance, createDevice } from '../platform/index.ts';
import { createAnnouncer, createShortcuts, createToasts, UiRoot } from '../ui/index.ts';
import { Gallery } from './gallery.tsx';

const root = document.getElementById('gallery');
const device = createDevice();
const ui = {
  device,
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
