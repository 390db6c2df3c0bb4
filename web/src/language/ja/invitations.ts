import type { invitations as english } from '../en/invitations.ts';

export const invitations: typeof english = {};
