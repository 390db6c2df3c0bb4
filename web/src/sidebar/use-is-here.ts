import { useComputed } from '@preact/signals';
import { useApp } from '../app/app-context.ts';
import type { Route } from '../app/routes.ts';

/** Whether the page one is on passes the test, without drawing anew for every page that does not change it. */
export function useIsHere(test: (route: Route) => boolean): boolean {
  const { router } = useApp();
  return useComputed(() => test(router.route.value)).value;
}
