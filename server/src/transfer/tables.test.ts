import { describe, expect, it } from 'vitest';
import { inOrder } from './tables.ts';

const named = (...names: string[]) => names.map((name) => ({ name }));

describe('tables', () => {
  it('come after those they refer to', () => {
    const references = [
      { name: 'a', needs: 'b' },
      { name: 'b', needs: 'd' },
      { name: 'c', needs: 'd' },
    ];
    expect(inOrder(named('a', 'b', 'c', 'd'), references)).toEqual(named('d', 'b', 'c', 'a'));
  });

  it('do not mind references to what is not copied', () => {
    expect(inOrder(named('a'), [{ name: 'a', needs: 'migrations' }])).toEqual(named('a'));
  });

  it('must not refer to each other in a circle', () => {
    const references = [
      { name: 'a', needs: 'b' },
      { name: 'b', needs: 'a' },
    ];
    expect(() => inOrder(named('a', 'b'), references)).toThrow('these tables need each other: a, b');
  });
});
