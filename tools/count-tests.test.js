import { describe, expect, test } from 'vitest';
import { countTests } from './count-tests.js';

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
