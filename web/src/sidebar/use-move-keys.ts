import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { useApp } from '../app/app-context.ts';
import { matchesKeys } from '../ui/shortcuts.ts';
import { moveRoom, moveSectionBy } from './arrange.ts';

/** The room or section that has the focus goes up and down with the arrows, Shift and Ctrl or Command. */
export function useMoveKeys(list: RefObject<HTMLElement | null>): void {
  const app = useApp();
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      const { apple } = app.ui.device;
      const isUp = matchesKeys('Mod+Shift+ArrowUp', event, apple);
      if (!isUp && !matchesKeys('Mod+Shift+ArrowDown', event, apple)) return;
      const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-key]') : null;
      const [kind, id] = row?.dataset['key']?.split(/:(.*)/s) ?? [];
      if (id === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      if (kind === 'room') moveRoom(app, id, isUp ? -1 : 1);
      if (kind === 'section') moveSectionBy(app, id, isUp ? -1 : 1);
    };
    element.addEventListener('keydown', onKey);
    return () => element.removeEventListener('keydown', onKey);
  }, []);
}
