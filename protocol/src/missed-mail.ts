import Type from 'typebox';
import { command, query } from './define.ts';
import { Nothing, strict } from './shapes.ts';

/** Mail of what somebody missed. When it is sent, and with what in it, stands in their preferences. */
export const missedMailCalls = {
  'missedMail.look': query({
    summary: 'Whether the workspace sends mail of what you missed, and where to',
    http: 'GET /me/missed-mail',
    scope: 'read',
    input: Nothing,
    output: Type.Object({
      isSent: Type.Boolean(),
      /** The administrator lets what was written travel; otherwise only that there is something new. */
      withContent: Type.Boolean(),
      address: Type.String(),
    }),
  }),
  'missedMail.unsubscribe': command({
    summary: 'End mail of what was missed, by the link in one; needs no sign-in',
    http: 'POST /missed-mail/unsubscribe',
    scope: 'none',
    overSocket: false,
    input: Type.Object({ token: Type.String({ minLength: 1, maxLength: 100 }) }, strict),
    output: Nothing,
    refusals: ['gone'],
  }),
};
