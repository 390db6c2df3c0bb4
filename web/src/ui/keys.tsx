import { useWords } from '../language/index.ts';
import { useUi } from './ui-context.ts';
import { namesOfKeys } from './shortcuts.ts';
import './keys.css';

/** A key combination as it is printed on this device's keyboard: `Mod+Shift+K`. */
export function Keys({ keys }: { keys: string }) {
  const { device } = useUi();
  const printed = useWords().ui.keys;
  return (
    <kbd class="ui-keys">
      {namesOfKeys(keys, { apple: device.apple, printed }).map((name) => (
        <span key={name} class="ui-key">
          {name}
        </span>
      ))}
    </kbd>
  );
}
