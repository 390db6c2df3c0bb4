/**
 * Measures a Confab under the loads of an office, of much talk, of one large room and of a storm, by public calls alone.
 * Promises an account of every acknowledged message in the same run. Refuses to know how a server does it.
 */
export { gatherSeats } from './cast.ts';
export { BenchProblem } from './problem.ts';
export { profileNames, profiles, type ProfileName } from './profiles.ts';
export { benchPage } from './report/page.ts';
export { benchTable } from './report/table.ts';
export { isClean } from './result.ts';
export { runBench } from './run-bench.ts';
export { startServer, type BenchServer } from './servers.ts';
