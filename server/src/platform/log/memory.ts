import type { Log, LogFields, LogLevel } from './index.ts';

export interface LogLine {
  level: Exclude<LogLevel, 'silent'>;
  event: string;
  fields: LogFields;
}

/** A log that tests read. */
export interface MemoryLog extends Log {
  readonly lines: readonly LogLine[];
}

/** Older lines are forgotten, so that a long simulation does not grow. */
const linesMax = 10_000;

export function createMemoryLog(): MemoryLog {
  const lines: LogLine[] = [];
  const keep = (line: LogLine): void => {
    if (lines.length >= linesMax) lines.splice(0, linesMax / 2);
    lines.push(line);
  };
  const under = (shared: LogFields): Log => {
    const level =
      (name: LogLine['level']) =>
      (event: string, fields: LogFields = {}): void =>
        keep({ level: name, event, fields: { ...shared, ...fields } });
    return {
      debug: level('debug'),
      info: level('info'),
      warn: level('warn'),
      error: level('error'),
      with: (fields) => under({ ...shared, ...fields }),
    };
  };
  return { ...under({}), lines };
}
