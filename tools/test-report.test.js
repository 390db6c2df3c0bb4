import { describe, expect, test } from 'vitest';
import { countTests, failedTests } from './test-report.js';

const loaded = { status: 'passed', assertionResults: [{ status: 'passed' }] };

describe('counting a vitest report', () => {
  test('passed and failed tests', () => {
    const mixed = { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] };
    const report = { numPassedTests: 2, numFailedTests: 1, numPendingTests: 3, testResults: [loaded, mixed] };
    expect(countTests(report, 1)).toEqual({ passed: 2, failed: 1, skipped: 3 });
  });

  test('a file that does not load is a failure', () => {
    const broken = { status: 'failed', assertionResults: [] };
    const report = { numPassedTests: 1, numFailedTests: 0, testResults: [loaded, broken] };
    expect(countTests(report, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  test('an error outside any test is a failure', () => {
    const report = { numPassedTests: 1, numFailedTests: 0, testResults: [loaded] };
    expect(countTests(report, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
    expect(countTests(report, 0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
  });

  test('a run without a report is a failure', () => {
    expect(countTests(null, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe('telling what failed', () => {
  const failed = { status: 'failed', fullName: 'rooms are listed', failureMessages: ['Error: none\n  at a'] };
  const passed = { status: 'passed', fullName: 'rooms are made' };

  test('names the file, the test and why', () => {
    const file = { name: '/here/rooms.test.ts', status: 'failed', assertionResults: [passed, failed] };
    expect(failedTests({ testResults: [file] }, '/here')).toEqual([
      'rooms.test.ts > rooms are listed\n    Error: none\n      at a',
    ]);
  });

  test('names a file that did not load', () => {
    const file = {
      name: '/here/rooms.test.ts',
      status: 'failed',
      message: 'No such import',
      assertionResults: [],
    };
    expect(failedTests({ testResults: [file] }, '/here')).toEqual(['rooms.test.ts\n    No such import']);
  });

  test('cuts what a test says at length, and is silent about what passed', () => {
    const long = {
      ...failed,
      failureMessages: [Array.from({ length: 90 }, (_, n) => `line ${n}`).join('\n')],
    };
    const file = { name: '/here/a.test.ts', status: 'failed', assertionResults: [long] };
    const [text] = failedTests({ testResults: [file] }, '/here');
    expect(text.split('\n')).toHaveLength(26);
    const fine = { name: '/here/b.test.ts', status: 'passed', assertionResults: [passed] };
    expect(failedTests({ testResults: [fine] }, '/here')).toEqual([]);
    expect(failedTests(null, '/here')).toEqual([]);
  });
});
