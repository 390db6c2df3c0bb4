import { fork, type ChildProcess } from 'node:child_process';
import type { FromLoad, RoundCount, Seat, Second, Storm, Testimony, ToLoad } from './load/load-words.ts';
import type { Plan } from './load/load-words.ts';
import { BenchProblem } from './problem.ts';

/** The processes that make the load, spoken to as one. */
export interface Crew {
  enter(wish: { url: string; seats: readonly Seat[]; plan: Plan }): Promise<void>;
  talk(): void;
  /** What each counted since the last time. */
  takeCounts(): Promise<RoundCount[]>;
  storm(storm: Storm): Promise<number[]>;
  finish(): Promise<Testimony[]>;
  /** Waits, unless one of them fails meanwhile. */
  orFails<Result>(work: Promise<Result>): Promise<Result>;
  close(): void;
}

type Told<Kind extends FromLoad['tell']> = Extract<FromLoad, { tell: Kind }>;

export function startCrew(options: {
  processes: number;
  loadFile: string;
  execArgv: readonly string[];
  onSecond: (second: Second) => void;
}): Crew {
  const { processes, loadFile, execArgv, onSecond } = options;
  const mates = Array.from({ length: processes }, () =>
    hear(fork(loadFile, { execArgv: [...execArgv] }), onSecond),
  );
  const ask = async <Kind extends FromLoad['tell']>(
    order: ToLoad | ((number: number) => ToLoad),
    kind: Kind,
  ): Promise<Told<Kind>[]> =>
    Promise.all(
      mates.map((mate, number) => {
        const answer = mate.told(kind);
        mate.tell(typeof order === 'function' ? order(number) : order);
        return answer;
      }),
    );
  return {
    async enter({ url, seats, plan }) {
      // In turn, so that every process has some of each room.
      const share = (number: number): Seat[] => seats.filter((_, index) => index % processes === number);
      await ask(
        (number) => ({ say: 'enter', url, number, seats: share(number), plan, seed: number + 1 }),
        'entered',
      );
    },
    talk: () => mates.forEach((mate) => mate.tell({ say: 'talk' })),
    takeCounts: async () => (await ask({ say: 'round' }, 'round')).map(({ count }) => count),
    storm: async (storm) => (await ask({ say: 'storm', ...storm }, 'storm')).flatMap(({ tookMs }) => tookMs),
    finish: async () => (await ask({ say: 'finish' }, 'finished')).map(({ testimony }) => testimony),
    orFails: (work) => Promise.race([work, ...mates.map(({ failed }) => failed)]),
    close: () => mates.forEach(({ child }) => void child.kill('SIGKILL')),
  };
}

function hear(child: ChildProcess, onSecond: (second: Second) => void) {
  const waiting = new Map<string, (words: FromLoad) => void>();
  const failed = new Promise<never>((_, reject) => {
    child.once('exit', (code, signal) =>
      reject(new BenchProblem(`A process that makes the load ended with ${code ?? signal}.`)),
    );
    child.on('message', (words: FromLoad) => {
      if (words.tell === 'second') onSecond(words.second);
      else if (words.tell === 'failed') reject(new BenchProblem(`The load could not be made: ${words.why}`));
      else waiting.get(words.tell)?.(words);
    });
  });
  // Whoever waits hears of it; nobody may be waiting.
  failed.catch(() => {});
  return {
    child,
    failed,
    tell: (order: ToLoad) => void child.send(order),
    told: <Kind extends FromLoad['tell']>(kind: Kind): Promise<Told<Kind>> =>
      Promise.race([
        failed,
        new Promise<Told<Kind>>((resolve) => waiting.set(kind, (words) => resolve(words as Told<Kind>))),
      ]),
  };
}
