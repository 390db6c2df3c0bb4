import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import { wasOutside } from './crowd/wanderings.ts';
import { createWitness } from './crowd/witness.ts';
import { readWord, sayWord, type Word } from './crowd/words.ts';

const word = (speaker: number, count: number): Word => ({ speaker, count });
const said = [word(1, 1), word(2, 1), word(1, 2), word(2, 2)];
const everything = said.map((one) => ({ room: 'a', ...one }));

function heard(words: readonly Word[], person = 3) {
  const witness = createWitness();
  for (const one of words) witness.hear('a', one);
  return { person, connection: 'live', rooms: ['a'], hearings: witness.hearings(), badges: [] };
}

const verdict = (over: Partial<Parameters<typeof judge>[0]>) =>
  judge({
    acknowledged: everything,
    logs: [{ room: 'a', words: said }],
    people: [heard(said)],
    files: [],
    trespasses: [],
    ...over,
  });

const zeros = { lost: 0, doubled: 0, outOfOrder: 0, wronglyReceived: 0, wrongBadges: 0 };

describe('the judge', () => {
  it('finds nothing where nothing is wrong', () => {
    expect(verdict({})).toEqual({ acknowledged: 4, ...zeros, examples: [] });
  });

  it('misses files that are not as they were, or not in their room, and counts those that are there twice', () => {
    const file = { name: 'r-1.bin', room: 'a', isWhole: true, listed: 1 };
    expect(verdict({ files: [file] })).toMatchObject(zeros);
    const files = [
      { ...file, isWhole: false },
      { ...file, listed: 0 },
      { ...file, listed: 3 },
    ];
    expect(verdict({ files })).toMatchObject({
      ...zeros,
      lost: 2,
      doubled: 2,
      examples: [
        'lost: file r-1.bin of room a was acknowledged and cannot be read back as it was',
        'lost: file r-1.bin of room a was acknowledged and is not in its list',
        'doubled: file r-1.bin of room a is there 3 times',
      ],
    });
  });

  it('misses what was acknowledged and is not in the room', () => {
    const words = said.slice(0, 3);
    const found = verdict({ logs: [{ room: 'a', words }], people: [heard(words)] });
    expect(found).toMatchObject({
      ...zeros,
      lost: 1,
      examples: ['lost: p2 #2 was acknowledged and is not in room a'],
    });
  });

  it('lets a message be there that was never acknowledged', () => {
    expect(verdict({ acknowledged: everything.slice(1) })).toMatchObject(zeros);
  });

  it('sees what the room holds twice, or in another order than it was said', () => {
    expect(verdict({ logs: [{ room: 'a', words: [...said, word(1, 2)] }] })).toMatchObject({
      ...zeros,
      doubled: 1,
    });
    const turned = [word(1, 2), word(2, 1), word(1, 1), word(2, 2)];
    expect(verdict({ logs: [{ room: 'a', words: turned }], people: [heard(turned)] })).toMatchObject({
      ...zeros,
      outOfOrder: 1,
    });
  });

  it('sees what one person did not see, saw twice, or saw in another order', () => {
    expect(verdict({ people: [heard(said.slice(0, 2))] })).toMatchObject({ ...zeros, lost: 2 });
    expect(verdict({ people: [heard(said.slice(1))] })).toMatchObject({ ...zeros, lost: 1 });
    expect(verdict({ people: [{ ...heard([]), hearings: [] }] })).toMatchObject({ ...zeros, lost: 4 });
    expect(verdict({ people: [heard([...said, word(2, 1)])] })).toMatchObject({ ...zeros, doubled: 1 });
    const otherwise = [word(2, 1), word(1, 1), word(1, 2), word(2, 2)];
    expect(verdict({ people: [heard(otherwise)] })).toMatchObject({ ...zeros, outOfOrder: 1 });
    const late = [word(1, 2), word(2, 1), word(1, 1), word(2, 2)];
    expect(verdict({ people: [heard(late)] })).toMatchObject({ ...zeros, outOfOrder: 1 });
  });

  it('compares badges, and counts trespasses', () => {
    const badges = [{ room: 'a', shown: '3 messages', right: '4 messages' }];
    expect(verdict({ people: [{ ...heard(said), badges }] })).toMatchObject({ ...zeros, wrongBadges: 1 });
    expect(verdict({ trespasses: ['p9 received number 4 of room a'] })).toMatchObject({
      ...zeros,
      wronglyReceived: 1,
    });
  });
});

describe('a wanderer', () => {
  it('is outside between leaving and coming, and not after', () => {
    const passages = [10, 20, 30];
    expect([9, 10, 11, 19, 20, 25, 31, 99].map((seq) => wasOutside(passages, seq))).toEqual([
      false,
      false,
      true,
      true,
      false,
      false,
      true,
      true,
    ]);
    expect(wasOutside([], 5)).toBe(false);
  });
});

describe('words', () => {
  it('are read as they were said, and only those of this rehearsal', () => {
    const text = sayWord('r1', word(17, 42), '@bob ');
    expect(text).toContain('@bob ');
    expect(readWord('r1', text)).toEqual(word(17, 42));
    expect(readWord('r2', text)).toBeNull();
    expect(readWord('r1', 'hello there')).toBeNull();
  });
});
