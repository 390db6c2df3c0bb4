/**
 * Lets a crowd talk while a cluster is hurt, and judges what became of what was said.
 * Promises that the judge shares nothing with the product but texts. Refuses to know how a cluster is made.
 */
export { holds, reportTable, type Report } from './report/report.ts';
export { runRehearsal, type RehearsalWish } from './run-rehearsal.ts';
