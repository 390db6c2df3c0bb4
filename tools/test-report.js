/**
 * Counts what one vitest run did, from its JSON report.
 * A test file that did not load counts as one failure, and so does a run that failed with no failed test to show
 * (an error outside any test). Skipped tests count as neither, and are told apart.
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests?: number, testResults: { status: string, assertionResults: { status: string }[] }[] } | null} report
 *   null when the run wrote none
 * @param {number} exitCode of the run
 * @returns {{ passed: number, failed: number, skipped: number }}
 */
export function countTests(report, exitCode) {
  if (report === null) return { passed: 0, failed: 1, skipped: 0 };
  const notLoaded = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  );
  const failed = report.numFailedTests + notLoaded.length;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests ?? 0,
  };
}

/** Of what a failed test says, the first lines are enough to know it again. */
const linesOfFailure = 25;

/**
 * What failed in one vitest run, from its JSON report, so that it can stand at the end where it is looked for.
 * @param {{ testResults: { name: string, status: string, message?: string, assertionResults: { status: string, fullName: string, failureMessages?: string[] }[] }[] } | null} report
 * @param {string} root the folder that the names of files are told from
 * @returns {string[]} a text for each: the file, the test, and the first lines of why
 */
export function failedTests(report, root) {
  return (report?.testResults ?? []).flatMap((file) => {
    const path = file.name.startsWith(`${root}/`) ? file.name.slice(root.length + 1) : file.name;
    const failed = file.assertionResults.filter(({ status }) => status === 'failed');
    if (failed.length === 0) return file.status === 'failed' ? [told(path, file.message ?? '')] : [];
    return failed.map(({ fullName, failureMessages = [] }) =>
      told(`${path} > ${fullName}`, failureMessages.join('\n')),
    );
  });
}

function told(name, why) {
  const lines = why.split('\n').slice(0, linesOfFailure);
  return [name, ...lines.map((line) => `    ${line}`)].join('\n');
}
