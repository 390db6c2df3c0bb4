import { expect, test } from 'vitest';
import { commandFaults, readPlan } from './command-faults.ts';

const plan = (fault: object): string => JSON.stringify([{ name: 'cut', inject: 'true', ...fault }]);

test('a plan says whose failure each is, how long it lasts and what is aimed at', () => {
  const faults = commandFaults(readPlan(plan({ part: 'redis', holdSeconds: 3, aimSeconds: 1 })), () =>
    Promise.resolve(),
  );
  expect(faults).toMatchObject([{ name: 'cut', title: 'cut', part: 'redis', holdMs: 3_000, aimMs: 1_000 }]);
  expect(commandFaults(readPlan(plan({})), () => Promise.resolve())).toMatchObject([
    { part: 'node', holdMs: 10_000, aimMs: 15_000 },
  ]);
});

test.each([
  ['{}', 'A plan is a JSON list'],
  ['[]', 'A plan is a JSON list'],
  ['[1]', 'Fault 1 of the plan is no object'],
  [plan({ inject: '' }), 'needs "inject", a text'],
  [plan({ part: 'kitchen' }), 'has "part", which should be one of node, balancer,'],
  [plan({ part: 3 }), 'has "part", which should be one of'],
  [plan({ heal: 1 }), 'has "heal", which should be a text'],
  [plan({ holdSeconds: -1 }), 'has "holdSeconds", which should be seconds from 0 to 3600'],
  [plan({ healing: 'true' }), 'has a field "healing" that means nothing'],
])('%s is no plan', (text, problem) => {
  expect(() => readPlan(text)).toThrow(problem);
});
