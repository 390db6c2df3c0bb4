/**
 * Files: uploaded to rooms in pieces, attached to messages. Owns files, their contents and which message has which.
 * Promises that equal bytes are kept once, and that only who may read the room gets them.
 * Refuses to know what messages say.
 */
import type { Handlers } from '../kit/handlers.ts';
import { Refusal } from '../kit/refusal.ts';

export type FileHandlers = Handlers<'file.begin' | 'file.get' | 'file.finish' | 'file.delete' | 'file.list'>;

export function createFiles(): { handlers: FileHandlers } {
  const away = (): Promise<never> => Promise.reject(new Refusal('unavailable', { part: 'files' }));
  return {
    handlers: {
      'file.begin': away,
      'file.get': away,
      'file.finish': away,
      'file.delete': away,
      'file.list': away,
    },
  };
}
