import type { Input, Output } from '@confab/protocol';
import { workspaceStream, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import type { Images } from '../platform/images/index.ts';
import { keepImage, makeSmall } from './images.ts';
import { setPictureOf } from './store.ts';

/** The largest a profile picture is shown, on a screen with two pixels per point. */
const sidePx = 384;

/** @throws Refusal unusable_picture, too_large */
export async function setPicture(
  deps: { log: EventLog; images: Images },
  caller: Caller,
  input: Input<'user.setPicture'>,
): Promise<Output<'user.setPicture'>> {
  const picture =
    input.picture === null ? null : await makeSmall(deps.images, { base64: input.picture, sidePx });
  return deps.log.write([workspaceStream], async (tx, log) => {
    if (picture) await keepImage(tx, picture, new Date(log.at));
    const user = await setPictureOf(tx, caller.userId, picture?.hash ?? null);
    return { user, position: log.append(workspaceStream, 'user.changed', { user }) };
  });
}
