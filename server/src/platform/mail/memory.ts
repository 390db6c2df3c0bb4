import type { Mail, MailAnswer, MailMessage } from './index.ts';

/** A mail server in this process, for tests. @param answer what it says to a message */
export function createMemoryMail(
  answer: (message: MailMessage) => MailAnswer = () => ({ kind: 'sent' }),
): Mail & { readonly arrived: readonly MailMessage[] } {
  const arrived: MailMessage[] = [];
  return {
    arrived,
    send(message) {
      const said = answer(message);
      if (said.kind === 'sent') arrived.push(message);
      return Promise.resolve(said);
    },
    greet: () => Promise.resolve(null),
  };
}
