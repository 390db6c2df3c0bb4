import type { OpenRequest } from './requests.ts';

export interface Windows {
  matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly PageWindow[]>;
  openWindow(url: string): Promise<unknown>;
}

interface PageWindow {
  readonly visibilityState: string;
  focus(): Promise<unknown>;
  postMessage(request: OpenRequest): void;
}

/** A notice was pressed: a page that is open comes to the front and goes there, one in view rather than another. */
export async function openPressed(windows: Windows, path: string): Promise<void> {
  const pages = await windows.matchAll({ type: 'window', includeUncontrolled: true });
  const page = pages.find(({ visibilityState }) => visibilityState === 'visible') ?? pages[0];
  if (!page) {
    await windows.openWindow(path);
    return;
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the page of a worker has no other origin
  page.postMessage({ open: path });
  // Some systems let nobody come to the front by itself.
  await page.focus().catch(() => undefined);
}
