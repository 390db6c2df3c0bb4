import { Unreached, type Answer } from '../platform/network/index.ts';
import { count, fail, pass, skipped, warn, type Check, type DoctorDeps, type Finding } from './check.ts';

/** The balancer as people meet it: by the address in CONFAB_URL. */
export const balancerChecks: readonly Check[] = [
  { ids: ['LB-1'], title: 'affinity', run: throughBalancer(affinity) },
  { ids: ['LB-2'], title: 'keep-alive', run: throughBalancer(keepAlive) },
  { ids: ['LB-3', 'LB-5'], title: 'certificate', run: throughBalancer(certificate) },
  { ids: ['LB-4'], title: 'redirect to HTTPS', run: throughBalancer(redirect) },
  { ids: ['LB-5', 'NET-1'], title: 'public name', run: throughBalancer(publicName) },
  { ids: ['LB-6'], title: 'addresses of people', run: throughBalancer(forwardedFor) },
  { ids: ['LB-6'], title: 'sockets', run: throughBalancer(sockets) },
];

const visits = 6;
const daysWarn = 14;
const dayMs = 24 * 3_600_000;

type Look = (url: URL, deps: DoctorDeps) => Promise<Finding>;

function throughBalancer(look: Look): Check['run'] {
  return async (deps) => {
    const { publicUrl } = deps.settings;
    if (publicUrl === null) return skipped('CONFAB_URL is not set');
    try {
      return await look(new URL(publicUrl), deps);
    } catch (error) {
      if (!(error instanceof Unreached)) throw error;
      if (noWay.has(error.message)) return noWayThere(publicUrl, error);
      return fail(
        `${publicUrl}: ${error.message}`,
        'Start the balancer, let this machine reach it, and see that CONFAB_URL is right.',
      );
    }
  };
}

/** What the system says when it knows no way to a network: that of people need not be reached from the nodes. */
const noWay = new Set(['ENETUNREACH', 'EHOSTUNREACH']);

function noWayThere(url: string, { message }: Unreached): Finding {
  return warn(
    `cannot be looked at from here: no way leads to ${url} (${message})`,
    'Look from where one does, such as a balancer or your own machine: confab doctor --area balancer --url … --ca ….',
  );
}

/** Who answered; null when it was not a node, or one of an older version, which does not say its name. */
function nodeOf({ status, body }: Answer): string | null {
  if (status !== 200) return null;
  return /"node":"([^"]+)"/.exec(body)?.[1] ?? null;
}

async function affinity(url: URL, { network, nodes }: DoctorDeps): Promise<Finding> {
  const first = await network.get(`${url.origin}/healthz`);
  if (nodeOf(first) === null) {
    return fail(`/healthz is not answered by a node (${first.status})`, 'Let the balancer pass /healthz on.');
  }
  const cookie = first.cookies.join('; ');
  const seen = new Set<string | null>();
  for (let visit = 0; visit < visits; visit += 1) {
    const answer = await network.get(`${url.origin}/healthz`, cookie === '' ? {} : { cookie });
    seen.add(nodeOf(answer));
  }
  const names = [...seen].map((name) => name ?? 'something else');
  if (cookie === '') {
    if (nodes.length < 2 && names.length === 1) return pass('there is one node');
    return warn(
      `no cookie; ${count(visits, 'visit')} went to ${names.join(', ')}`,
      'Let the balancer set a cookie that names the node. Confab works without; reconnects then cost more.',
    );
  }
  if (names.length === 1 && names[0] === nodeOf(first))
    return pass(`by a cookie; all visits went to ${names[0]}`);
  return warn(
    `a cookie is set, but visits with it went to ${[nodeOf(first), ...names].join(', ')}`,
    'Check that the balancer reads the cookie that it sets, and that both balancers set the same.',
  );
}

async function keepAlive(url: URL, { network }: DoctorDeps): Promise<Finding> {
  const reused = await network.countReused(`${url.origin}/healthz`, 3);
  if (reused === 2) return pass('3 questions over one connection');
  return warn(
    `${3 - reused} connections for 3 questions`,
    'Turn HTTP keep-alive on at the balancer (HAProxy: option http-keep-alive).',
  );
}

async function certificate(url: URL, { network, clock }: DoctorDeps): Promise<Finding> {
  if (url.protocol !== 'https:') return skipped('CONFAB_URL is not https');
  const place = { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 443) };
  const { problem, issuer, endsAt, protocol } = await network.certificate(place);
  const days = Math.floor((endsAt - clock.now()) / dayMs);
  const found = `by ${issuer}, ${days < 0 ? `ended ${count(-days, 'day')} ago` : `good for ${count(days, 'day')}`}, ${protocol}`;
  if (problem !== null) {
    return fail(
      `${found}; clients do not trust it: ${problem}`,
      'Give the balancer a certificate for this name, with the whole chain in its file. One of your own authority: --ca FILE.',
    );
  }
  if (!/^TLSv1\.[23]$/.test(protocol)) return warn(found, 'Let the balancer speak TLS 1.2 and 1.3 only.');
  return days < daysWarn ? warn(found, 'Renew the certificate.') : pass(found);
}

async function redirect(url: URL, { network, settings }: DoctorDeps): Promise<Finding> {
  if (url.protocol !== 'https:') return skipped('CONFAB_URL is not https');
  const plain = `http://${url.hostname}:${settings.plainPort}/`;
  const mend = 'Let the balancer answer on port 80 with a redirect (301) to CONFAB_URL.';
  let answer: Answer;
  try {
    answer = await network.get(plain);
  } catch (error) {
    if (!(error instanceof Unreached) || noWay.has(error.message)) throw error;
    return warn(`${plain}: ${error.message}`, mend);
  }
  const target = answer.headers['location'] ?? '';
  if (answer.status >= 300 && answer.status < 400 && target.startsWith(url.origin)) {
    return pass(`${answer.status} to ${url.origin}`);
  }
  if (answer.status >= 300 && answer.status < 400)
    return warn(`${answer.status} to ${target || 'nowhere'}`, mend);
  return fail(`${plain} answers ${answer.status} without TLS`, mend);
}

async function publicName(url: URL, { network }: DoctorDeps): Promise<Finding> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = await network.resolve(host);
  if (addresses.length > 0) return pass(addresses.join(', '));
  return fail(`${host}: no address is known`, 'Enter it in DNS, with the floating address of the balancers.');
}

/** A node shows its metrics only to who stands beside it: it refuses what has X-Forwarded-For. */
async function forwardedFor(url: URL, { network, settings }: DoctorDeps): Promise<Finding> {
  const { status, body } = await network.get(`${url.origin}/metrics`);
  if (status === 200 && body.includes('confab_connections')) {
    return fail(
      'X-Forwarded-For does not arrive, and /metrics is open to everybody',
      'Let the balancer set X-Forwarded-For (HAProxy: option forwardfor), replacing what clients send.',
    );
  }
  const isRefusedByNode = status === 404 && body.includes('"not_found"');
  const found = isRefusedByNode
    ? 'X-Forwarded-For arrives'
    : `the balancer keeps /metrics to itself (${status})`;
  if (settings.trustedProxies.length > 0)
    return pass(`${found}, believed from ${settings.trustedProxies.join(', ')}`);
  return warn(
    `${found}, and is not believed`,
    'Set CONFAB_TRUSTED_PROXIES to the addresses of the balancers: else all people count as one for rate limits.',
  );
}

async function sockets(url: URL, { network }: DoctorDeps): Promise<Finding> {
  const status = await network.upgrade(`${url.origin}/api/v1/socket`, { origin: url.origin });
  if (status === 101) return pass('WebSockets get through');
  if (status === 403) {
    return fail(
      '403: the node takes the origin for a foreign one',
      'Set CONFAB_URL of the nodes to where people reach them, and let the balancer keep the Host header.',
    );
  }
  return fail(
    `the answer is ${status} instead of 101`,
    'Let the balancer pass Upgrade and Connection on, with HTTP/1.1 to the nodes and long timeouts (HAProxy: timeout tunnel).',
  );
}
