/** The letters of this domain, written when they are sent: their links exist as hashes only before and after. */
import type { Invitation } from '@confab/protocol';
import { userStream } from '../delivery/index.ts';
import { languageOf, writeLetter, type LetterLanguage, type Writer } from '../mail/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { findPreferences, forAccount } from '../users/index.ts';
import { findWorkspace } from '../workspace/index.ts';
import { findMailedInvitation, setInvitationSecret } from './invitation-store.ts';
import { refuseWorthless } from './invitations.ts';
import { letterWords } from './letter-words.ts';
import { insertReset } from './reset-store.ts';
import { makeSecret } from './secrets.ts';
import type { SessionSettings } from './session-deps.ts';
import { Refusal } from '../kit/refusal.ts';

/** Whoever asked waits for it; a link that lies about in a mailbox is a danger. */
const resetHours = 4;
const hourMs = 3_600_000;

/** Earlier links stay: strangers who ask in somebody's name must not take theirs away. */
export function writeReset({ log, random, publicUrl }: SessionSettings): Writer {
  return ({ userId }) =>
    log.write([userStream(userId)], async (tx, { at }) => {
      const { user, email } = await forAccount(tx, userId);
      if (user.deactivated) return 'deactivated';
      const { secret, hash } = makeSecret(random, 'reset');
      const expiresAt = new Date(at + resetHours * hourMs);
      await insertReset(tx, { userId, secretHash: hash, at: new Date(at), expiresAt });
      const { name } = await findWorkspace(tx);
      const language = await languageFor(tx, userId);
      const words = letterWords[language].reset;
      const letter = writeLetter({
        language,
        subject: words.subject(name),
        paragraphs: [words.asked(name)],
        link: { label: words.label, url: `${publicUrl ?? ''}/reset/${secret}` },
        foot: words.foot(resetHours),
      });
      return { to: email, letter };
    });
}

/** In the language of whoever invites. */
export function writeInvitation({ log, random, publicUrl }: SessionSettings): Writer {
  return ({ userId, address, subjectId }) =>
    log.write([userStream(userId)], async (tx, { at }) => {
      const invitation = await findMailedInvitation(tx, subjectId ?? '0', new Date(at));
      const by = await makerOf(tx, invitation);
      if (invitation === null || by === null || address === null) return 'revoked, used or expired';
      const { secret, hash } = makeSecret(random, 'invitation');
      await setInvitationSecret(tx, invitation.id, hash);
      const { name } = await findWorkspace(tx);
      const language = await languageFor(tx, userId);
      const words = letterWords[language].invitation;
      const letter = writeLetter({
        language,
        subject: words.subject(by, name),
        paragraphs: [words.invited(by, name)],
        link: { label: words.label, url: `${publicUrl ?? ''}/join/${secret}` },
        foot: words.foot(Math.max(1, Math.round((invitation.expiresAt - at) / (24 * hourMs)))),
      });
      return { to: address, letter };
    });
}

async function languageFor(tx: Tx, userId: string): Promise<LetterLanguage> {
  return languageOf((await findPreferences(tx, userId)).language);
}

/** Their name; null when the invitation is worth nothing any more. */
async function makerOf(tx: Tx, invitation: Invitation | null): Promise<string | null> {
  try {
    return (await refuseWorthless(tx, invitation)).maker.name;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'gone') return null;
    throw error;
  }
}
