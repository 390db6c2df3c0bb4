import type { Appearance, Density, Theme } from '../platform/index.ts';
import { Select } from '../ui/index.ts';
import { Controls, Fields } from './controls.tsx';
import { Lists } from './lists.tsx';
import { Overlays } from './overlays.tsx';
import { Signs } from './signs.tsx';
import { Texts } from './texts.tsx';
import { Timeline } from './timeline.tsx';
import './gallery.css';

const themes = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const satisfies { value: Theme; label: string }[];
const densities = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'compact', label: 'Compact' },
] as const satisfies { value: Density; label: string }[];

/** Every component in every state, to look at and to test. Only for development. */
export function Gallery({ appearance }: { appearance: Appearance }) {
  return (
    <main class="gallery">
      <header class="gallery__head">
        <h1>Components</h1>
        <Select
          label="Theme"
          hideLabel
          value={appearance.theme.value}
          options={themes}
          onValue={(theme) => (appearance.theme.value = theme)}
        />
        <Select
          label="Density"
          hideLabel
          value={appearance.density.value}
          options={densities}
          onValue={(density) => (appearance.density.value = density)}
        />
      </header>
      <div class="gallery__grid">
        <Controls />
        <Fields />
        <Signs />
        <Overlays />
        <Lists />
        <Texts />
        <Timeline />
      </div>
    </main>
  );
}
