/**
 * Notifications of this device while a page is open: what deserves one, where it is said, and when it is taken back.
 * Promises one per event over all tabs of a browser, and none for what somebody looks at or has read elsewhere.
 * Refuses to know: how a device shows them.
 */
export { followNotices } from './follow-notices.ts';
