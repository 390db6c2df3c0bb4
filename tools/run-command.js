// Runs commands so that nothing they start outlives them: each in a process group of its own, marked in its
// environment, so that even what left the group (a database server, a browser) is found and ended.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';

// Not CONFAB_…: a node warns about variables that look like its settings and are none.
const markName = 'TEST_RUN_MARK';

/**
 * @typedef {{ code: number, seconds: number, timedOut: boolean, leftOver: string[] }} Outcome
 * `code` is 0 for success; `leftOver` names what still ran afterwards and was ended.
 */

/** @returns a runner whose `end()` stops whatever is running at once (for an interrupted run). */
export function createRunner() {
  const mark = randomUUID();
  /** @type {Set<import('node:child_process').ChildProcess>} */
  const running = new Set();

  /**
   * Output goes straight to the terminal.
   * @param {string} command
   * @param {string[]} args
   * @param {{ timeoutMs: number, env?: Record<string, string | undefined> }} options
   * @returns {Promise<Outcome>} never rejects: a command that cannot start has code 127
   */
  async function run(command, args, { timeoutMs, env = process.env }) {
    const started = Date.now();
    const child = spawn(command, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
      env: { ...env, [markName]: mark },
    });
    running.add(child);
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      signalGroup(child, 'SIGTERM');
      setTimeout(() => signalGroup(child, 'SIGKILL'), 5_000).unref();
    }, timeoutMs);
    const code = await new Promise((resolve) => {
      child.once('error', () => resolve(127));
      child.once('exit', (status) => resolve(status ?? 1));
    });
    clearTimeout(timer);
    running.delete(child);
    const leftOver = await endMarked(mark);
    return { code: timedOut ? 124 : code, seconds: (Date.now() - started) / 1_000, timedOut, leftOver };
  }

  async function end() {
    for (const child of running) signalGroup(child, 'SIGTERM');
    await endMarked(mark);
  }

  return { run, end };
}

function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  send(-child.pid, signal);
}

/** Ends every process that carries `mark`: politely, then after a while by force. */
async function endMarked(mark) {
  let found = markedProcesses(mark);
  for (let tenths = 0; found.length > 0 && tenths < 10; tenths += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    found = markedProcesses(mark);
  }
  const names = found.map(({ name }) => name);
  for (const { pid } of found) send(pid, 'SIGINT');
  for (let tenths = 0; found.length > 0 && tenths < 50; tenths += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    found = markedProcesses(mark);
  }
  for (const { pid } of found) send(pid, 'SIGKILL');
  return names;
}

/** On Linux only; elsewhere the process group has to do. */
function markedProcesses(mark) {
  if (process.platform !== 'linux') return [];
  const found = [];
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry) || Number(entry) === process.pid) continue;
    try {
      if (!readFileSync(`/proc/${entry}/environ`, 'latin1').includes(`${markName}=${mark}`)) continue;
      const name = readFileSync(`/proc/${entry}/cmdline`, 'latin1').split('\0').slice(0, 4).join(' ').trim();
      if (name !== '') found.push({ pid: Number(entry), name });
    } catch {
      // It ended while we looked, or belongs to somebody else.
    }
  }
  return found;
}

function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}
