import { expect, test } from 'vitest';
import { createChanges } from './changes.ts';

test('tells each subscriber once per step, after it, and only of its key', () => {
  const changes = createChanges();
  const told: string[] = [];
  changes.subscribe('room:1', () => told.push('room:1'));
  const stop = changes.subscribe('rooms', () => told.push('rooms'));
  changes.subscribeAll((keys) => told.push([...keys].join('+')));
  changes.touch('room:1');
  changes.touch('room:1');
  changes.touch('room:2');
  expect(told).toEqual([]);
  changes.flush();
  expect(told).toEqual(['room:1+room:2', 'room:1']);
  changes.flush();
  stop();
  changes.touch('rooms');
  changes.flush();
  expect(told).toEqual(['room:1+room:2', 'room:1', 'rooms']);
});

test('what a listener changes is told in the same flush, not in the middle of its own', () => {
  const changes = createChanges();
  const told: string[] = [];
  changes.subscribe('room:1', () => {
    changes.touch('room:2');
    changes.flush();
    told.push('1');
  });
  changes.subscribe('room:2', () => told.push('2'));
  changes.touch('room:1');
  changes.flush();
  expect(told).toEqual(['1', '2']);
});
