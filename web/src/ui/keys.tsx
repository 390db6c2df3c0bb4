import { useUi } from './ui-context.ts';
import { namesOfKeys } from './shortcuts.ts';
import './keys.css';

/** A key combination as it is printed on this device's keyboard: `Mod+Shift+K`. */
export function Keys({ keys }: { keys: string }) {
  const { device } = useUi();
  return (
    <kbd class="ui-keys">
      {namesOfKeys(keys, device.apple).map((name) => (
        <span key={name} class="ui-key">
          {name}
        </span>
      ))}
    </kbd>
  );
}
