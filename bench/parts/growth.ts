/** Whether a delivery costs more where more members are: the same 50,000 a second to rooms of different size. */
import { openMembers, type Members } from '../members.ts';
import { measureFanOut } from '../measures/fan-out.ts';
import { startConfab } from '../subjects/confab.ts';
import { startBenchPostgres } from '../subjects/postgres.ts';
import { workersFor } from './open-files.ts';
import type { PartOptions } from './part.ts';

export const sizes = [1_000, 10_000, 50_000];
export const growthAt = (members: number): string => `fan-out, 50k/s, ${members} members`;

/** As many members as one process holds without being the bottleneck. */
const membersOfProcess = 12_500;

export async function measureGrowth(options: PartOptions & { sizes?: readonly number[] }): Promise<void> {
  const { rows, rounds, seconds, onProgress } = options;
  const postgres = await startBenchPostgres();
  try {
    for (const members of options.sizes ?? sizes) {
      const workers = workersFor(members);
      const confab = await startConfab(postgres, { people: members, workers });
      onProgress(`${members} members come in${workers > 1 ? ` to ${workers} workers` : ''}`);
      const crowds: Members[] = [];
      for (let from = 0; from < members; from += membersOfProcess) {
        const says = (index: number): readonly string[] => confab.memberSays(from + index);
        crowds.push(await openMembers(confab, Math.min(membersOfProcess, members - from), { says }));
      }
      const publishers = await Promise.all(Array.from({ length: 8 }, () => confab.openPublisher()));
      const everybody: Members = {
        size: members,
        async count() {
          const counts = await Promise.all(crowds.map((crowd) => crowd.count()));
          const sum = { events: 0, resyncs: 0, cpuSeconds: 0 };
          for (const { events, resyncs, cpuSeconds } of counts) {
            sum.events += events;
            sum.resyncs += resyncs;
            sum.cpuSeconds += cpuSeconds;
          }
          return sum;
        },
        close: () => crowds.forEach((crowd) => crowd.close()),
      };
      for (let round = 1; round <= rounds; round += 1) {
        const result = await measureFanOut(
          { subject: confab, members: everybody, publishers },
          // A room of 50,000 hears one message a second: enough of them to measure.
          { rate: 50_000 / members, seconds: 2 * seconds, databaseCpuSeconds: postgres.cpuSeconds },
        );
        rows.record(growthAt(members), 'Confab', 'deliveries/CPU-s', result.deliveriesPerCpuSecond);
        rows.record(`${growthAt(members)}, rate`, 'Confab', 'deliveries/s', result.deliveriesPerSecond);
      }
      everybody.close();
      await confab.stop();
    }
  } finally {
    await postgres.stop();
  }
}
