import { signal, type ReadonlySignal } from '@preact/signals';
import type { OpenRequest } from '../service-worker/requests.ts';

/** unsupported: also phones whose browsers know notifications only for installed pages. */
export type NoticePermission = 'unsupported' | 'default' | 'granted' | 'denied';

/** What the system shows until somebody presses or dismisses it. */
export interface DesktopNotice {
  /** Another one of the same tag takes its place. */
  readonly tag: string;
  readonly title: string;
  readonly body: string;
  /** The path that a press on it opens. */
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface DesktopNotices {
  readonly permission: ReadonlySignal<NoticePermission>;
  /** Only after a press: browsers hold other questions back. */
  ask(): Promise<void>;
  /** Resolves with whether the system took it. */
  show(notice: DesktopNotice): Promise<boolean>;
  /** Tags of those that are still there, whichever tab or earlier page showed them. */
  shown(): Promise<readonly string[]>;
  close(tag: string): Promise<void>;
  /** Calls back with the path of what was pressed, in the one tab that is to open it. */
  onOpen(open: (path: string) => void): void;
}

/**
 * Shows by the service worker where there is one: phones know no other way, and its notices can be closed by every tab.
 * Elsewhere by the page itself.
 */
export function createDesktopNotices(window: Window & typeof globalThis): DesktopNotices {
  const { navigator } = window;
  const isKnown = 'Notification' in window;
  const permission = signal<NoticePermission>(isKnown ? window.Notification.permission : 'unsupported');
  const byPage = new Map<string, Notification>();
  let openPath: (path: string) => void = () => undefined;

  const look = (): void => {
    if (isKnown) permission.value = window.Notification.permission;
  };

  async function worker(): Promise<ServiceWorkerRegistration | null> {
    if (!('serviceWorker' in navigator)) return null;
    const found = await navigator.serviceWorker.getRegistration().catch(() => undefined);
    return found?.active ? found : null;
  }

  async function show(notice: DesktopNotice): Promise<boolean> {
    look();
    if (permission.value !== 'granted') return false;
    const { tag, title, body, path, at } = notice;
    const options = { tag, body, icon: '/icon-192.png', silent: true, renotify: true, timestamp: at };
    try {
      const registration = await worker();
      if (registration) await registration.showNotification(title, { ...options, data: { path, at } });
      else showByPage(title, options, path);
      return true;
    } catch {
      // A system without notices, or a phone that wants a worker: what is unread is seen in the page.
      return false;
    }
  }

  function showByPage(title: string, options: NotificationOptions & { tag: string }, path: string): void {
    const notice = new window.Notification(title, options);
    byPage.set(options.tag, notice);
    notice.addEventListener('click', () => {
      window.focus();
      notice.close();
      openPath(path);
    });
    notice.addEventListener('close', () => {
      if (byPage.get(options.tag) === notice) byPage.delete(options.tag);
    });
  }

  async function ofWorker(tag?: string): Promise<readonly Notification[]> {
    const registration = await worker();
    return (await registration?.getNotifications(tag === undefined ? {} : { tag })) ?? [];
  }

  if (isKnown && 'permissions' in navigator) {
    navigator.permissions.query({ name: 'notifications' }).then(
      (status) => status.addEventListener('change', look),
      // Then a change is seen the next time something is shown.
      () => undefined,
    );
  }

  return {
    permission,
    async ask() {
      if (isKnown) await window.Notification.requestPermission();
      look();
    },
    show,
    shown: async () => [...byPage.keys(), ...(await ofWorker()).map(({ tag }) => tag)],
    async close(tag) {
      byPage.get(tag)?.close();
      for (const notice of await ofWorker(tag)) notice.close();
    },
    onOpen(open) {
      openPath = open;
      if (!('serviceWorker' in navigator)) return;
      navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<Partial<OpenRequest>>) => {
        if (typeof data.open === 'string') open(data.open);
      });
      navigator.serviceWorker.startMessages();
    },
  };
}
