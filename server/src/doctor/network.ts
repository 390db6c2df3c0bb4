import { isIP } from 'node:net';
import { Unreached } from '../platform/network/index.ts';
import { isPrivate, isThisMachineOnly } from './addresses.ts';
import { fail, pass, skipped, warn, type Check, type DoctorDeps, type Finding } from './check.ts';

export const networkChecks: readonly Check[] = [
  { ids: ['NET-1'], title: 'name servers', run: nameServers },
  { ids: ['OPT-1'], title: 'mail', run: mail },
  { ids: ['OPT-1'], title: 'answers by mail', run: answersByMail },
];

async function mail({ settings: { mailServer }, mail: reach }: DoctorDeps): Promise<Finding> {
  if (mailServer === null || reach.state === 'unset') {
    return skipped('no CONFAB_SMTP_URL: password links and invitations do not go by mail');
  }
  const found = `${mailServer.host}:${mailServer.port}`;
  if (reach.state === 'away') return fail(`${found}: ${reach.reason}`, 'Set what is missing.');
  const wrong = await reach.part.greet();
  if (wrong !== null) {
    return fail(
      `${found}: ${wrong}`,
      'Compare host, port, user and password of CONFAB_SMTP_URL with the mail server, and let the port through.',
    );
  }
  if (mailServer.tls === 'offered' && !isThisMachineOnly(mailServer.host)) {
    return warn(
      `${found} lets this node in, perhaps without TLS`,
      'Leave out ?tls=optional: links for passwords could be read on the way.',
    );
  }
  return pass(`${found} lets this node in; nothing was sent`);
}

async function answersByMail({ settings: { repliesAt }, network }: DoctorDeps): Promise<Finding> {
  if (repliesAt === null) return skipped('no CONFAB_MAIL_REPLIES: letters are not answered by mail');
  const { host, port } = repliesAt;
  const found = `${host}:${port}`;
  try {
    await network.reach(repliesAt);
  } catch (error) {
    if (!(error instanceof Unreached)) throw error;
    return fail(
      `${found}: ${error.message}`,
      'Start this node with CONFAB_MAIL_REPLIES and CONFAB_MAIL_REPLIES_AT as they are set here.',
    );
  }
  if (isIP(host) === 0 || isPrivate(host)) return pass(`${found} takes what your mail server hands over`);
  return warn(
    `${found} takes mail from whoever gets there`,
    'Name an address of the private network in CONFAB_MAIL_REPLIES_AT: only your mail server, which checks who wrote an answer, should get there.',
  );
}

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
