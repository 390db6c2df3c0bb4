import { destination, pino, stdSerializers, type Logger } from 'pino';
import type { Log, LogFields, LogLevel } from './index.ts';
import { textLine } from './text-line.ts';

export interface PinoLogOptions {
  level: LogLevel;
  /** `json`: one object a line, for machines. `text`: one readable line, for people. */
  format: 'json' | 'text';
  /** Where finished lines go, each ending in a newline. Standard error unless given. */
  write?: (line: string) => void;
}

/** What waits for a slow reader of standard error before lines are dropped. */
const bufferedBytesMax = 4 * 1024 * 1024;

/** Fields that hold secrets are never written, whatever a caller passes. */
const hidden = ['password', 'token', 'secret', 'authorization', 'cookie'];

/** A log on pino. Writing never waits for the reader and is finished when the process exits in order. */
export function createPinoLog(options: PinoLogOptions): Log {
  const write = options.write ?? standardError();
  const target = options.format === 'json' ? write : (line: string): void => write(textLine(line));
  const logger = pino(
    {
      level: options.level,
      base: null,
      messageKey: 'event',
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: hidden.flatMap((name) => [name, `*.${name}`]), censor: '[hidden]' },
    },
    { write: target },
  );
  return wrap(logger);
}

function standardError(): (line: string) => void {
  const stream = destination({ fd: 2, sync: false, maxLength: bufferedBytesMax });
  // A terminal that went away must not take the program with it, nor a disk that is full.
  let isTaken = true;
  stream.on('error', () => (isTaken = false));
  stream.on('write', () => (isTaken = true));
  // Before pino's own listener.
  process.prependOnceListener('exit', () => {
    // Both would try for ever to write the rest to a full disk.
    if (!isTaken) return stream.destroy();
    try {
      stream.flushSync();
    } catch {
      // Nobody is left to read it.
    }
  });
  return (line) => void stream.write(line);
}

function wrap(logger: Logger): Log {
  return {
    debug: (event, fields) => logger.debug(plain(fields), event),
    info: (event, fields) => logger.info(plain(fields), event),
    warn: (event, fields) => logger.warn(plain(fields), event),
    error: (event, fields) => logger.error(plain(fields), event),
    with: (fields) => wrap(logger.child(plain(fields))),
  };
}

function plain(fields: LogFields | undefined): Record<string, unknown> {
  const entries = Object.entries(fields ?? {});
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      value instanceof Error ? stdSerializers.errWithCause(value) : value,
    ]),
  );
}
