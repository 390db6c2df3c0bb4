import type { Look, PartState } from './components/component.ts';
import { isStopped } from './platform/processes.ts';
import type { Site } from './site.ts';
import type { PartName, PlannedHost } from './topology.ts';

/** One part on one host, as it is now. */
export interface StatusRow {
  readonly host: string;
  readonly part: PartName;
  readonly state: PartState;
  readonly role: string | null;
  readonly version: string | null;
  readonly detail: string;
}

type Looking = Pick<Site, 'topology' | 'components' | 'switches'>;

/** Asks every part; one that hangs costs the patience of its question, some two seconds, and no more. */
export async function readStatus(site: Looking): Promise<StatusRow[]> {
  const asked = site.topology.hosts.flatMap((host) => host.parts.map((part) => ({ host, part })));
  return Promise.all(
    asked.map(async ({ host, part }) => ({ host: host.name, part, ...(await lookAt(site, host, part)) })),
  );
}

async function lookAt({ components, switches }: Looking, host: PlannedHost, part: PartName): Promise<Look> {
  const mark = switches.processOf(host, part);
  const down = (detail: string): Look => ({ state: 'down', role: null, version: null, detail });
  if (switches.isOff(host)) return down('the host is off');
  if (mark === null) return down('does not run');
  if (isStopped(mark)) return down('is stopped');
  return components[part].look(host);
}

/** The worst of all: one part that is not as it should be makes the whole degraded; several of a kind may make it down. */
export function isSettled(rows: readonly StatusRow[]): boolean {
  return (
    rows.every(({ state }) => state === 'ok') && rows.filter(({ role }) => role === 'primary').length === 1
  );
}
