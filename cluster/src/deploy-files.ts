/** The files of `deploy/`, made into one machine's own. */
import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PlannedHost } from './topology.ts';

export interface Filling {
  /** What the file leaves open, such as HERE_NAME: all of it, and nothing else. */
  readonly places?: Readonly<Record<string, string>>;
  /** Text that stands in the file as it is used on a machine of its own, and what takes its place here. */
  readonly instead?: readonly (readonly [from: string, to: string])[];
}

const placeForm = /\b(?:HERE|PEER|FLOATING|SECRET)_[A-Z]+(?:_[A-Z]+)*\b/g;

/**
 * A file with its places filled in. So that no file and its use here drift apart, throws a RangeError when the file has
 * a place that was not given, lacks one that was, or lacks a text to be replaced.
 * @param path for the message
 */
export function fillIn(path: string, text: string, { places = {}, instead = [] }: Filling): string {
  const found = new Set(text.match(placeForm) ?? []);
  const unknown = [...found].filter((place) => !Object.hasOwn(places, place));
  if (unknown.length > 0)
    throw new RangeError(`${path} has places that nobody fills in: ${unknown.join(', ')}`);
  const missing = Object.keys(places).filter((place) => !found.has(place));
  if (missing.length > 0) throw new RangeError(`${path} has no place called ${missing.join(', ')}`);
  const replaced = instead.reduce((before, [from, to]) => {
    if (!before.includes(from)) throw new RangeError(`${path} does not say "${from}" any more`);
    return before.replaceAll(from, to);
  }, text);
  return replaced.replace(placeForm, (place) => places[place] ?? place);
}

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export interface DeployFiles {
  /**
   * Writes a file of `deploy/` to `to`, readable for its owner alone, since most hold secrets.
   * @param from below `deploy/`, several for one after the other
   */
  write(
    from: string | readonly string[],
    to: string,
    filling: Filling,
    as: { host: PlannedHost; owner?: Owner; mode?: number },
  ): void;
  /** What `write` would write. */
  read(from: string, filling: Filling, host: PlannedHost): string;
}

/** What has to be different in a file of `deploy/` where the cluster stands; places are not filled in yet. */
export type Adapt = (host: PlannedHost, path: string, text: string) => string;

export function createDeployFiles({
  deployFolder,
  adapt = (_host, _path, text) => text,
}: {
  deployFolder: string;
  adapt?: Adapt;
}): DeployFiles {
  const readOne = (host: PlannedHost, path: string): string =>
    adapt(host, path, readFileSync(join(deployFolder, path), 'utf8'));
  return {
    read: (from, filling, host) => fillIn(from, readOne(host, from), filling),
    write(from, to, filling, { host, owner, mode = 0o600 }) {
      const paths = typeof from === 'string' ? [from] : from;
      const text = paths.map((path) => readOne(host, path)).join('');
      mkdirSync(dirname(to), { recursive: true });
      writeFileSync(to, fillIn(paths.join(' and '), text, filling), { mode });
      chmodSync(to, mode);
      if (owner !== undefined) chownSync(to, owner.uid, owner.gid);
    },
  };
}
