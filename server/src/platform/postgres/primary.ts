/**
 * Which of several servers is the primary. All are asked side by side, so that a dead or hung one costs nothing: of
 * those that are not in recovery the one on the newest timeline is it. An old primary that lives on beside its
 * successor is on an older timeline, and is never gone back to.
 */
import { Client, type ClientConfig } from 'pg';
import type { Server } from './address.ts';
import { isMistake } from './faults.ts';

export interface Primary {
  readonly host: string;
  readonly port: number;
  /** Tells one life of a server from all others. */
  readonly life: string;
  /** Processes that were at work for somebody when it was asked. */
  readonly busy: readonly number[];
}

export interface PrimaryFinder {
  /**
   * Asks now, or joins those who ask. Rejects with the reason of each server when none is the primary, or with what one
   * of them says of the URL.
   */
  find(): Promise<Primary>;
}

/** A server that has not answered by then is not the one. */
const answerMs = 2_000;
/** Once one has said yes, the others have so long to say that they are newer. */
const objectionMs = 150;

export function createPrimaryFinder(servers: readonly Server[]): PrimaryFinder {
  let newestTimeline = 0;
  let asking: Promise<Primary> | null = null;

  async function ask(): Promise<Primary> {
    const answers: Answer[] = [];
    const reasons: string[] = [];
    let mistake: unknown = null;
    const failed = (server: Server, error: unknown): void => {
      reasons.push(`${server.name}: ${reasonOf(error)}`);
      if (isMistake(error)) mistake = error;
    };
    const questions = servers.map((server) =>
      askServer(server).then(
        (answer) => void answers.push(answer),
        (error: unknown) => failed(server, error),
      ),
    );
    const all = Promise.all(questions);
    await Promise.race([all, firstAmong(questions, () => answers.some(isWriter))]);
    await withinMs(all, objectionMs);
    const [best] = answers.filter(isWriter).toSorted((one, other) => other.timeline - one.timeline);
    if (best !== undefined && best.timeline >= newestTimeline) {
      newestTimeline = best.timeline;
      return best;
    }
    if (mistake !== null) throw mistake;
    for (const { name, standby } of answers) {
      reasons.push(`${name}: ${standby ? 'is a replica' : 'is a primary that has been replaced'}`);
    }
    throw new Error(`no server is the primary (${reasons.toSorted().join('; ')})`);
  }

  return {
    find() {
      asking ??= ask().finally(() => (asking = null));
      return asking;
    },
  };
}

interface Answer extends Primary {
  readonly name: string;
  readonly standby: boolean;
  readonly timeline: number;
}

const isWriter = ({ standby }: Answer): boolean => !standby;

interface ServerFacts {
  standby: boolean;
  life: string;
  /** Eight hexadecimal digits. */
  timeline: string;
  busy: number[];
}

/** Never looks at default_transaction_read_only: a replica in recovery has it off like a primary. */
const question = `
  select pg_is_in_recovery() as standby, pg_postmaster_start_time()::text as life,
    case when pg_is_in_recovery() then '0' else left(pg_walfile_name(pg_current_wal_lsn()), 8) end as timeline,
    array(select pid from pg_stat_activity where state is null or state not like 'idle%') as busy`;

async function askServer({ name, config }: Server): Promise<Answer> {
  const client = new Client({ ...config, ...quick });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<ServerFacts>(question);
    const { standby = true, life = '', timeline = '0', busy = [] } = rows[0] ?? {};
    const { host, port } = client;
    void client.end().catch(() => {});
    return { name, host, port, standby, life, timeline: Number.parseInt(timeline, 16), busy };
  } catch (error) {
    // To a server that does not answer nobody says goodbye.
    client.connection.stream.destroy();
    throw error;
  }
}

const quick: ClientConfig = {
  application_name: 'confab looking for the primary',
  connectionTimeoutMillis: answerMs,
  query_timeout: answerMs,
};

/** Resolves when one of them has made it true. */
function firstAmong(questions: readonly Promise<void>[], isTrue: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    for (const one of questions) {
      void one.then(() => {
        if (isTrue()) resolve();
      });
    }
  });
}

async function withinMs(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([work, limit]);
  clearTimeout(timer);
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map((one: Error) => one.message).join(', ');
  return error instanceof Error ? error.message : String(error);
}
