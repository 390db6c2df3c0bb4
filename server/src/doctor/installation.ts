import { Problem } from '../platform/problem.ts';
import { isThisMachineOnly } from './addresses.ts';
import { fail, gibibytes, pass, skipped, warn, type Check, type DoctorDeps, type Finding } from './check.ts';

const bytesWanted = 1024 ** 3;
const bytesNeeded = 200 * 1024 ** 2;

/** What has to be right on this machine before anything else. */
export const installationChecks: readonly Check[] = [
  { ids: ['LIFE-1'], title: 'settings', run: settings },
  { ids: ['TOP-1'], title: 'data folder', run: dataFolder },
  { ids: ['TOP-1'], title: 'disk', run: disk },
  { ids: ['TOP-5'], title: 'schema', run: schema },
  { ids: ['NODE-5'], title: 'port', run: port },
  { ids: ['LB-3', 'LB-5'], title: 'address', run: address },
  { ids: ['LIFE-1'], title: 'page', run: page },
];

function settings({ settings }: DoctorDeps): Finding {
  const unknown = settings.unknownVariables;
  if (unknown.length === 0) return pass('all of them are known');
  return warn(
    `${unknown.join(', ')}: no such setting`,
    'Look for a slip of the pen in docs/configuration.md.',
  );
}

const notHere = skipped('everything is in the database of DATABASE_URL');

function dataFolder({ settings, machine }: DoctorDeps): Finding {
  if (settings.databaseUrl !== null) return notHere;
  const { exists, refused } = machine.folder(settings.dataFolder);
  if (refused === null)
    return pass(exists ? settings.dataFolder : `${settings.dataFolder}, made at the first start`);
  return fail(
    `${settings.dataFolder}: ${refused}`,
    'Give this user the folder, or choose another with --data.',
  );
}

function disk({ settings, machine }: DoctorDeps): Finding {
  if (settings.databaseUrl !== null) return notHere;
  const { freeBytes } = machine.folder(settings.dataFolder);
  const found = `${gibibytes(freeBytes)} free`;
  if (freeBytes < bytesNeeded) return fail(found, 'Free some space: without it nothing can be written.');
  return freeBytes < bytesWanted ? warn(found, 'Free some space soon.') : pass(found);
}

async function schema({ postgres, pendingMigrations }: DoctorDeps): Promise<Finding> {
  if (postgres.state !== 'open') return skipped('the database does not run or does not answer');
  try {
    const pending = await pendingMigrations(postgres.part);
    return pass(pending === 0 ? 'up to date' : `${pending} migrations, applied at the next start`);
  } catch (error) {
    if (error instanceof Problem) return fail(error.message, 'As it says.');
    throw error;
  }
}

async function port({ settings, network, nodes, embedded }: DoctorDeps): Promise<Finding> {
  const { host, port, nodeName } = settings;
  const found = `${host}:${port}`;
  const code = await network.tryPort({ host, port });
  if (code === null) return pass(`${found} is free`);
  if (code !== 'EADDRINUSE') return fail(`${found}: ${code}`, 'Choose others with --host and --port.');
  const isOurs =
    (embedded.state === 'running' && embedded.purpose === 'confab start') ||
    nodes.some(({ name, address }) => name === nodeName && address.endsWith(`:${port}`));
  if (isOurs) return pass(`${found}, taken by Confab`);
  return warn(
    `${found} is taken`,
    'Unless it is Confab: stop what listens there, or choose another with --port.',
  );
}

function address({ settings }: DoctorDeps): Finding {
  const { publicUrl, host } = settings;
  if (publicUrl === null) {
    if (isThisMachineOnly(host)) return pass('this machine only');
    return warn('unknown to Confab', 'Set CONFAB_URL to where people reach it, so that links are right.');
  }
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol === 'https:' || isThisMachineOnly(hostname)) return pass(publicUrl);
  return warn(publicUrl, 'Put an entrance with HTTPS before it: passwords cross the network in the clear.');
}

function page({ page }: DoctorDeps): Finding {
  return page === 'missing'
    ? warn('missing, so that only the API is served', 'Install Confab anew.')
    : pass(page);
}
