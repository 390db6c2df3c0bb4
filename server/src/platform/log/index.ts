/** What operators read. Fields are data, never secrets; the event is a short English phrase. */
export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /** The same log with `fields` added to every line. */
  with(fields: LogFields): Log;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export type LogFields = Readonly<Record<string, unknown>>;

export { createPinoLog, type PinoLogOptions } from './pino.ts';
export { createMemoryLog, type MemoryLog } from './memory.ts';
