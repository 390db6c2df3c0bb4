import { describe, expect, it } from 'vitest';
import { Fault } from '../fault.ts';
import { createArgon2Passwords } from './argon2.ts';
import { passwordsContract } from './contract.ts';
import { createQuickPasswords } from './quick.ts';

passwordsContract('argon2, quick', () => createArgon2Passwords({ memoryKib: 64, passes: 1 }));
passwordsContract('quick', createQuickPasswords);
passwordsContract('argon2, as configured', () => createArgon2Passwords());

describe('passwords: argon2', () => {
  it('hashes with argon2id, 19 MiB, two passes, one lane', async () => {
    expect(await createArgon2Passwords().hash('x')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  // Measured in work done by this process, since the machine may be busy with other things.
  it('takes as long where there is no hash', async () => {
    const passwords = createArgon2Passwords();
    const hash = await passwords.hash('x');
    const bestOf = async (work: () => Promise<unknown>): Promise<number> => {
      const took: number[] = [];
      for (let round = 0; round < 5; round += 1) {
        const before = process.cpuUsage();
        await work();
        const { user, system } = process.cpuUsage(before);
        took.push(user + system);
      }
      return Math.min(...took);
    };
    const known = await bestOf(() => passwords.verify(hash, 'y'));
    const unknown = await bestOf(() => passwords.verify(null, 'y'));
    expect(unknown / known).toBeGreaterThan(0.5);
    expect(unknown / known).toBeLessThan(2);
  });

  it('refuses with a fault that can be retried once too many wait', async () => {
    const passwords = createArgon2Passwords({ memoryKib: 64, passes: 1, atOnceMax: 1, waitingMax: 1 });
    const [first, second, third] = await Promise.allSettled(
      ['a', 'b', 'c'].map((one) => passwords.hash(one)),
    );
    expect([first?.status, second?.status, third?.status]).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(third).toMatchObject({ reason: { part: 'passwords', retryable: true } });
    expect((third as PromiseRejectedResult).reason).toBeInstanceOf(Fault);
  });
});
