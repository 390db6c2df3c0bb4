import { limits } from '@confab/protocol';
import { refuseUnreadable } from '../kit/readable-text.ts';
import { Refusal } from '../kit/refusal.ts';

const dayMs = 86_400_000;

/** @throws Refusal invalid for a time that has passed or lies too far ahead */
export function refuseUnfitTime(remindAt: number, now: number): void {
  if (remindAt > now && remindAt <= now + limits.reminderDaysMax * dayMs) return;
  throw new Refusal('invalid', {
    path: '/remindAt',
    expected: `a time ahead, at most ${limits.reminderDaysMax} days`,
  });
}

/** @returns the note as it is stored. @throws Refusal invalid when it can not be shown, or says nothing about nothing */
export function plainNote(note: string, about: { messageId: string | null }): string {
  refuseUnreadable(note, '/note');
  const trimmed = note.trim();
  if (trimmed === '' && about.messageId === null) {
    throw new Refusal('invalid', { path: '/note', expected: 'a note, where there is no message' });
  }
  return trimmed;
}

/** @throws Refusal limit_reached */
export function refuseTooMany(count: number): void {
  if (count < limits.remindersMax) return;
  throw new Refusal('limit_reached', { what: 'reminders', limit: limits.remindersMax });
}
