import { Unreached } from '../platform/network/index.ts';
import { fail, pass, skipped, warn, type Check, type DoctorDeps, type Finding } from './check.ts';

export const networkChecks: readonly Check[] = [
  { ids: ['NET-1'], title: 'name servers', run: nameServers },
  { ids: ['OPT-1'], title: 'mail', run: () => skipped('this version sends no mail') },
];

async function nameServers({ settings, network, machine }: DoctorDeps): Promise<Finding> {
  if (network.nameServers.length === 0) {
    return warn('none is set', 'Name one in /etc/resolv.conf, or keep all names in /etc/hosts.');
  }
  const name = settings.publicUrl === null ? machine.name : new URL(settings.publicUrl).hostname;
  const answers = await Promise.all(
    network.nameServers.map(async (server) => {
      try {
        await network.askNameServer(server, name);
        return { server, reason: null };
      } catch (error) {
        if (error instanceof Unreached) return { server, reason: error.message };
        throw error;
      }
    }),
  );
  const silent = answers.filter(({ reason }) => reason !== null);
  const found = answers.map(({ server, reason }) => `${server} ${reason ?? 'answers'}`).join(', ');
  if (silent.length === 0) return pass(found);
  const mend = 'Let port 53 (UDP and TCP) through to it, or take it out of /etc/resolv.conf.';
  return silent.length === answers.length ? fail(found, mend) : warn(found, mend);
}
