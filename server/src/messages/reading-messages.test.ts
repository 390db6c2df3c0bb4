import type { Input } from '@confab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSmallWorld } from '../../../tests/support/small-world.ts';

const world = await createSmallWorld();
afterAll(world.close);
const { handlers, send } = world;

const ann = await world.person('ann');
const bob = await world.person('bob');
const cleo = await world.person('cleo');
const roomId = await world.room(ann, [bob], { kind: 'public' });
const times: number[] = [];
const ids: string[] = [];
beforeAll(async () => {
  for (let n = 1; n <= 20; n += 1) {
    world.clock.elapse(60_000);
    const { at, messageId } = await send(n % 2 === 0 ? ann : bob, roomId, `m${n}`);
    times.push(at);
    ids.push(messageId);
  }
});

type Where = Omit<Input<'room.history'>, 'roomId'>;
const page = async (where: Where) => {
  const { messages, hasBefore, hasAfter } = await handlers['room.history'](cleo, {
    roomId,
    limit: 5,
    ...where,
  });
  return [messages.map(({ ordinal }) => ordinal), hasBefore, hasAfter];
};

describe('a page of a room', () => {
  it.each<[string, Where, (number | null)[], boolean, boolean]>([
    ['newest', {}, [16, 17, 18, 19, 20], true, false],
    ['before an ordinal', { before: 8 }, [3, 4, 5, 6, 7], true, true],
    ['before the first few', { before: 3 }, [1, 2], false, true],
    ['before the first', { before: 1 }, [], false, true],
    ['before nothing', { before: 0 }, [], false, true],
    ['before far beyond the end', { before: 1_000 }, [16, 17, 18, 19, 20], true, false],
    ['after an ordinal', { after: 8 }, [9, 10, 11, 12, 13], true, true],
    ['after the last but one', { after: 19 }, [20], true, false],
    ['after the last', { after: 20 }, [], true, false],
    ['after far beyond the end', { after: 1_000 }, [], true, false],
    ['around an ordinal', { around: 10 }, [8, 9, 10, 11, 12], true, true],
    ['around the first', { around: 1 }, [1, 2, 3, 4, 5], false, true],
    ['around the last', { around: 20 }, [16, 17, 18, 19, 20], true, false],
    ['whole', { limit: 100 }, Array.from({ length: 20 }, (_, n) => n + 1), false, false],
  ])('%s', async (_, where, ordinals, hasBefore, hasAfter) => {
    expect(await page(where)).toEqual([ordinals, hasBefore, hasAfter]);
  });

  it('at a time: around the first message since then', async () => {
    expect((await page({ at: times[9] ?? 0 }))[0]).toEqual([8, 9, 10, 11, 12]);
    expect((await page({ at: (times[9] ?? 0) + 1 }))[0]).toEqual([9, 10, 11, 12, 13]);
    expect((await page({ at: 0 }))[0]).toEqual([1, 2, 3, 4, 5]);
    expect((await page({ at: 8_000_000_000_000_000 }))[0]).toEqual([16, 17, 18, 19, 20]);
  });

  it('around a message, or the root of a reply that is only in its thread', async () => {
    expect((await page({ aroundMessageId: ids[9] ?? '' }))[0]).toEqual([8, 9, 10, 11, 12]);
    const { messageId } = await send(ann, roomId, 'reply', { threadId: ids[4] ?? '' });
    expect((await page({ aroundMessageId: messageId }))[0]).toEqual([3, 4, 5, 6, 7]);
  });

  it('refuses several places at once, and messages that are not in the room', async () => {
    await expect(page({ before: 1, around: 2 })).rejects.toMatchObject({ code: 'invalid' });
    const other = await world.room(ann, []);
    const { messageId } = await send(ann, other, 'elsewhere');
    for (const aroundMessageId of [messageId, '999999999']) {
      await expect(page({ aroundMessageId })).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  it('of an empty room', async () => {
    const empty = await world.room(ann, []);
    for (const where of [{}, { around: 5 }, { at: 0 }, { before: 3 }, { after: 0 }]) {
      const { messages, hasBefore, hasAfter } = await handlers['room.history'](ann, {
        roomId: empty,
        ...where,
      });
      expect([messages, hasBefore, hasAfter]).toEqual([[], false, false]);
    }
  });

  it('brings the people in it, and what it quotes', async () => {
    const dora = await world.person('dora');
    const eva = await world.person('eva');
    const own = await world.room(ann, [bob, eva]);
    const { messageId: quoteId } = await send(bob, own, 'first @dora');
    const { messageId } = await send(ann, own, 'as you said', { quoteId });
    await handlers['reaction.add'](eva, { messageId, emoji: '🎉' });
    const { users, quoted, position } = await handlers['room.history'](ann, { roomId: own, after: 1 });
    expect(users.map(({ id }) => id).toSorted()).toEqual(
      [ann, bob, dora, eva].map(({ userId }) => userId).toSorted(),
    );
    expect(quoted).toMatchObject([{ id: quoteId, text: 'first @dora' }]);
    const { counters } = await handlers['room.get'](ann, { roomId: own });
    expect(position).toEqual({ stream: `room:${own}`, epoch: 1, seq: counters?.head });
  });

  it('is not for outsiders of a private room', async () => {
    const own = await world.room(ann, []);
    await expect(handlers['room.history'](cleo, { roomId: own })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(handlers['room.pins'](cleo, { roomId: own })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('one message', () => {
  it('looks the same hidden and absent', async () => {
    const own = await world.room(ann, []);
    const { messageId } = await send(ann, own, 'hidden');
    const refusals = await Promise.all(
      [messageId, '999999999'].flatMap((id) => [
        handlers['message.get'](cleo, { messageId: id }).catch((error: unknown) => ({
          ...(error as object),
        })),
        handlers['message.edits'](cleo, { messageId: id }).catch((error: unknown) => ({
          ...(error as object),
        })),
        handlers['message.delete'](cleo, { messageId: id }).catch((error: unknown) => ({
          ...(error as object),
        })),
        handlers['message.pin'](cleo, { messageId: id }).catch((error: unknown) => ({
          ...(error as object),
        })),
        handlers['thread.history'](cleo, { threadId: id }).catch((error: unknown) => ({
          ...(error as object),
        })),
      ]),
    );
    for (const refusal of refusals) expect(refusal).toEqual(refusals[0]);
    expect(refusals[0]).toMatchObject({ code: 'not_found' });
  });
});

describe('mentions', () => {
  it('are listed newest first, as long as the room may be read', async () => {
    const own = await world.room(ann, [cleo]);
    for (let n = 1; n <= 3; n += 1) await send(ann, own, `@cleo ${n}`);
    await send(ann, roomId, 'from outside @cleo');
    const first = await handlers['mention.list'](cleo, { limit: 2 });
    expect(first.messages.map(({ text }) => text)).toEqual(['@cleo 3', '@cleo 2']);
    const second = await handlers['mention.list'](cleo, { limit: 2, cursor: first.next ?? '' });
    expect([second.messages.map(({ text }) => text), second.next]).toEqual([['@cleo 1'], null]);
    await handlers['room.leave'](cleo, { roomId: own });
    expect((await handlers['mention.list'](cleo, {})).messages).toEqual([]);
    await expect(handlers['mention.list'](cleo, { cursor: 'forged' })).rejects.toMatchObject({
      code: 'invalid',
    });
  });
});
