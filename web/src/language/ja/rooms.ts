import type { rooms as english } from '../en/rooms.ts';

export const rooms: typeof english = {};
