import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import { editLast } from './edit-last.ts';
import type { TimelineItem } from './timeline-items.ts';

const placed = { day: '2026-01-01', isGrouped: false, isFirstUnread: false };
const message = (id: string, over: object = {}) =>
  ({
    ...placed,
    key: `client-${id}`,
    kind: 'message',
    message: { id, authorId: 'me', deletedAt: null, ...over },
  }) as TimelineItem;
const underway = (id: string, status: string) =>
  ({
    ...placed,
    key: `client-${id}`,
    kind: 'underway',
    underway: { id: `client-${id}`, status },
  }) as TimelineItem;

function start(...before: TimelineItem[]) {
  const items = signal<readonly TimelineItem[]>(before);
  const editing = signal<string | null>(null);
  const field = { isEmpty: true };
  editLast({ items, ownId: 'me', editing, isIdle: () => field.isEmpty });
  return { items, editing, field };
}

describe('the last of one’s own messages', () => {
  it('is opened, others’ and deleted ones left aside', () => {
    const own = message('1');
    expect(start(own, message('2', { authorId: 'you' }), message('3', { deletedAt: 1 })).editing.value).toBe(
      '1',
    );
    expect(start(message('2', { authorId: 'you' })).editing.value).toBeNull();
  });

  it('is opened when it has arrived, and not the one before it', () => {
    const { items, editing } = start(message('1'), underway('2', 'sending'));
    expect(editing.value).toBeNull();
    items.value = [message('1'), underway('2', 'sent')];
    expect(editing.value).toBeNull();
    items.value = [message('1'), message('2')];
    expect(editing.value).toBe('2');
    editing.value = null;
    items.value = [message('1'), message('2', { version: 2 })];
    expect(editing.value).toBeNull();
  });

  it('is not opened when meanwhile it failed, or something is written or edited', () => {
    const failed = start(underway('2', 'sending'));
    failed.items.value = [underway('2', 'failed')];
    failed.items.value = [message('2')];
    expect(failed.editing.value).toBeNull();

    const written = start(underway('2', 'sending'));
    written.field.isEmpty = false;
    written.items.value = [message('2')];
    expect(written.editing.value).toBeNull();

    const other = start(message('1'), underway('2', 'sending'));
    other.editing.value = '1';
    other.items.value = [message('1'), message('2')];
    expect(other.editing.value).toBe('1');
  });

  it('is the one before a message that failed', () => {
    expect(start(message('1'), underway('2', 'failed')).editing.value).toBe('1');
  });
});
