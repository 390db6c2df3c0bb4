/**
 * The browser, in our words: time, appearance, the kind of device, the clipboard, how times are written.
 * Owns every use of clocks, timers, storage and media queries of the web client.
 * Refuses to know: chat.
 */
export { createAppearance, type Appearance, type Density, type Theme } from './appearance.ts';
export { chime } from './chime.ts';
export { copyText } from './clipboard.ts';
export {
  createDesktopNotices,
  type DesktopNotice,
  type DesktopNotices,
  type NoticePermission,
} from './desktop-notices.ts';
export { createDevice, type Device } from './device.ts';
export { keepPage, type InstalledPage } from './installed-page.ts';
export { createMemory, isNumber, isText, isTextList, type Memory } from './memory.ts';
export { createPushRegistration, type PushRegistration } from './push-registration.ts';
export { createSharedSockets, createTabLeadership } from './shared-sockets.ts';
export { createShownPlaces, type ShownPlaces } from './shown-places.ts';
export { after, eachFrame, nextFrame, now, type Cancel } from './timing.ts';
export { createWorkerUrls } from './worker-url.ts';
export { createTimeFormat, type TimeFormat } from './time-format.ts';
