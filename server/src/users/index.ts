/** People: profile, status, preferences, role. Owns users and images. Knows nothing of rooms. */
export { findHandles, findUsers } from './store.ts';
export { preferencesView, userView, type UserRow } from './views.ts';
