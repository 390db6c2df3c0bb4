import { readFileSync } from 'node:fs';
import { readConfig, type Config } from '../config.ts';
import { areas, examine, requirements, type Check, type Row, type Settings } from '../doctor/index.ts';
import { createSystemNetwork } from '../platform/network/index.ts';
import { Problem, systemCode } from '../platform/problem.ts';
import type { DoctorOptions } from './doctor-command.ts';
import type { Surroundings } from './flags.ts';
import { openDoctor, settingsOf } from '../open-doctor.ts';

/** Nothing failed, something failed, could not look. */
const exitCodes = { well: 0, failed: 1, unable: 2 };

/** Prints what was found, or with `list` what there is to be found; sets the exit code. */
export async function runDoctor({ flags, output }: Surroundings, options: DoctorOptions): Promise<void> {
  if (options.list === true) {
    const rows = listed();
    output.record(rows, rows.map(listedLine).join('\n'));
    return;
  }
  let prepared: { config: Config; settings: Settings; trusted: string[]; checks: Check[] };
  try {
    const config = readConfig(flags);
    prepared = {
      config,
      settings: { ...settingsOf(config), ...told(options) },
      trusted: trustedIn(options.ca),
      checks: checksIn(options.area),
    };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = exitCodes.unable;
    return;
  }
  const { config, settings, trusted, checks } = prepared;
  const doctor = await openDoctor({ config, settings, network: createSystemNetwork({ trusted }) });
  try {
    const rows = await examine(doctor.deps, checks);
    output.record(rows, [...rowLines(rows), ...skippedLines(rows), summary(rows)].join('\n'));
    process.exitCode = rows.some(({ status }) => status === 'fail') ? exitCodes.failed : exitCodes.well;
  } finally {
    await doctor.close();
  }
}

/** What only the doctor is told. */
function told({ ntp, files, plainPort }: DoctorOptions): Partial<Settings> {
  const port = plainPort === undefined ? 80 : Number(plainPort);
  if (!(Number.isInteger(port) && port >= 1 && port <= 65_535)) {
    throw new Problem(`--plain-port should be a whole number from 1 to 65535; it is "${plainPort}".`);
  }
  return {
    plainPort: port,
    timeServers: (ntp ?? '')
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
    ...(files === undefined ? {} : { filesFolder: files }),
  };
}

/** @param names of areas, in small letters or not, separated by commas; undefined for all */
function checksIn(names: string | undefined): Check[] {
  if (names === undefined) return Object.values(areas).flat();
  return names.split(',').flatMap((name) => {
    const known = Object.entries(areas).find(([area]) => area.toLowerCase() === name.trim().toLowerCase());
    if (known !== undefined) return known[1];
    throw new Problem(`There is no area "${name}": there are ${Object.keys(areas).join(', ')}.`);
  });
}

function trustedIn(file: string | undefined): string[] {
  if (file === undefined) return [];
  try {
    return [readFileSync(file, 'utf8')];
  } catch (error) {
    throw new Problem(`The certificates of --ca cannot be read: ${file} (${systemCode(error)}).`, error);
  }
}

interface Listed {
  readonly ids: readonly string[];
  readonly area: string | null;
  readonly title: string;
  /** What a person looks at; null for what the doctor looks at. */
  readonly manual: string | null;
}

function listed(): Listed[] {
  const checks = Object.entries(areas).flatMap(([area, list]) =>
    list.map(({ ids, title }) => ({ ids, area, title, manual: null })),
  );
  const manual = requirements.flatMap(({ id, title, manual }) =>
    manual === null ? [] : [{ ids: [id], area: null, title, manual }],
  );
  return [...checks, ...manual];
}

function listedLine({ ids, area, title, manual }: Listed): string {
  return `${ids.join(' ').padEnd(14)}  ${manual === null ? `${area}: ${title}` : `${title}, by a person: ${manual}`}`;
}

function rowLines(rows: readonly Row[]): string[] {
  return rows
    .filter(({ status }) => status !== 'skipped')
    .flatMap(({ ids, title, status, found, mend }) => {
      const line = `${status.padEnd(7)}  ${ids.join(' ').padEnd(14)}  ${title}: ${plain(found)}`;
      return mend === null ? [line] : [line, `${' '.repeat(25)}→ ${plain(mend)}`];
    });
}

/** Most are skipped for one of a few reasons. */
function skippedLines(rows: readonly Row[]): string[] {
  const titles = new Map<string, string[]>();
  for (const { status, found, title } of rows) {
    if (status === 'skipped') titles.set(found, [...(titles.get(found) ?? []), title]);
  }
  return [...titles].map(([reason, all]) => `skipped  ${all.join(', ')}: ${reason}`);
}

/** What servers say of themselves must not move the cursor. */
function plain(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}

function summary(rows: readonly Row[]): string {
  const of = (status: Row['status']): number => rows.filter((row) => row.status === status).length;
  return `${of('pass')} passed, ${of('warn')} to mend, ${of('fail')} failed, ${of('skipped')} skipped`;
}
