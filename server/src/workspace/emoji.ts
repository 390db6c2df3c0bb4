/** The workspace's own emoji. Everybody adds them; whoever did, and administrators, remove them. */
import { limits, type Input, type Output } from '@confab/protocol';
import type { EmojiTable } from '@confab/protocol/emoji';
import { workspaceStream, type EventLog } from '../delivery/index.ts';
import { administers, type Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Images } from '../platform/images/index.ts';
import { forActing, keepImage, makeSmall } from '../users/index.ts';
import { countCustomEmoji, deleteEmoji, findEmojiNamed, insertEmoji } from './store.ts';

/** The largest an emoji is shown, on a screen with two pixels per point. */
const sidePx = 128;

/** @throws Refusal taken, unusable_picture, too_large, limit_reached */
export async function addEmoji(
  deps: { log: EventLog; images: Images; standardEmoji: () => EmojiTable },
  caller: Caller,
  input: Input<'emoji.add'>,
): Promise<Output<'emoji.add'>> {
  const { name } = input;
  const standard = deps.standardEmoji();
  if (standard.byShortcode(name)) throw new Refusal('taken', { field: 'name' });
  const picture = await makeSmall(deps.images, { base64: input.picture, sidePx });
  return deps.log.write([workspaceStream], async (tx, log) => {
    if ((await countCustomEmoji(tx)) >= limits.customEmojiMax) {
      throw new Refusal('limit_reached', { limit: limits.customEmojiMax });
    }
    const at = new Date(log.at);
    const emoji = { name, picture: picture.hash, addedBy: caller.userId };
    await keepImage(tx, picture, at);
    await insertEmoji(tx, { ...emoji, at });
    return { emoji, position: log.append(workspaceStream, 'emoji.added', { emoji }) };
  });
}

/** @throws Refusal not_found, forbidden */
export async function removeEmoji(
  deps: { log: EventLog },
  caller: Caller,
  input: Input<'emoji.remove'>,
): Promise<Output<'emoji.remove'>> {
  const { name } = input;
  return deps.log.write([workspaceStream], async (tx, log) => {
    const actor = await forActing(tx, caller.userId);
    const emoji = await findEmojiNamed(tx, name);
    if (!emoji) throw new Refusal('not_found', { what: 'emoji' });
    if (emoji.addedBy !== actor.id && !administers(actor)) throw new Refusal('forbidden', { needs: 'admin' });
    await deleteEmoji(tx, name);
    return { position: log.append(workspaceStream, 'emoji.removed', { name }) };
  });
}
