import type { Log, LogFields } from '@confab/server/platform/log/index';
import type { Findings } from '../checks/findings.ts';
import type { Trace } from '../trace.ts';

/** A log in which an error is a finding: trouble of the world is a warning, so whatever is an error is a bug. */
export function createStrictLog(deps: { name: string; trace: Trace; findings: Findings }): Log {
  const { name, trace, findings } = deps;
  const line = (level: string, event: string, fields: LogFields): string =>
    `${name} logs ${level}: ${event} ${Object.entries(fields)
      .map(([key, value]) => `${key}=${shown(value)}`)
      .join(' ')}`;
  const under = (shared: LogFields): Log => ({
    debug: () => {},
    info: () => {},
    warn: (event, fields = {}) => trace.note(line('warn', event, { ...shared, ...fields })),
    error(event, fields = {}) {
      const told = line('error', event, { ...shared, ...fields });
      trace.note(told);
      findings.broken('bugless', told, [name]);
    },
    with: (fields) => under({ ...shared, ...fields }),
  });
  return under({});
}

function shown(value: unknown): string {
  if (value instanceof Error) return value.stack?.split('\n').slice(0, 6).join(' | ') ?? String(value);
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
