/** The storm is over: everything that was broken is mended, and then all must come to rest and agree. */
import { isAtRest, staleness, type Ask } from './checks/convergence.ts';
import type { Run } from './run-seed.ts';
import { calm } from './weather.ts';

/** By then every timeout, retry and sweep has had its turn. */
const restMaxMs = 90_000;
const lookFirstMs = 1_000;
/** Sweeps, badges and reconnections take so long at least. */
const settlingMs = 3_000;

/** Mends what does not mend by itself. Connections that are dead and do not know it find out by themselves. */
export async function heal({ cluster, scheduler, findings }: Run): Promise<void> {
  cluster.setWeather(calm);
  cluster.ways.split([]);
  for (const { name } of cluster.nodes) cluster.ways.setRedis(name, true);
  for (const node of cluster.nodes) {
    node.cutDatabase(false);
    if (node.state === 'down') node.start();
  }
  for (const device of cluster.devices) {
    if (!device.isOn) device.start();
    device.client.hint('visible');
  }
  await scheduler.run(settlingMs, () => findings.first !== null);
}

/** Until everybody has what somebody who asks only now would be told. */
export async function awaitRest(run: Run): Promise<void> {
  const { cluster, scheduler, findings, trace } = run;
  let unrest: string[] = [];
  let pauseMs = lookFirstMs;
  for (let waitedMs = 0; waitedMs < restMaxMs; waitedMs += pauseMs) {
    // Whoever is not at rest soon seldom is a second later.
    pauseMs = Math.max(lookFirstMs, waitedMs / 3);
    mendAgain(run);
    await scheduler.run(pauseMs, () => findings.first !== null);
    if (findings.first) return;
    unrest = await unrestOf(run);
    if (unrest.length === 0) return;
    trace.note(`not at rest: ${unrest[0] ?? ''}`);
  }
  const devices = cluster.devices.map(({ device }) => device);
  findings.broken(
    'rest',
    `After ${restMaxMs} ms:\n    ${unrest.join('\n    ')}`,
    devices.filter((device) => unrest.some((line) => line.startsWith(`${device}:`))),
  );
}

/** Nodes that have left in order are started; people let go of what was refused for good. */
function mendAgain({ cluster, trace }: Run): void {
  for (const node of cluster.nodes) if (node.state === 'down') node.start();
  for (const device of cluster.devices) {
    for (const { id, status, refusal } of device.client.state.outbox.values()) {
      if (status !== 'failed') continue;
      trace.note(`${device.device} lets go of ${id}: ${refusal?.code ?? ''}`);
      device.letGoOf(id);
    }
  }
}

async function unrestOf({ cluster, ground }: Run): Promise<string[]> {
  const nodes = cluster.nodes
    .filter(({ state }) => state !== 'up')
    .map(({ name, state }) => `${name}: is ${state}`);
  const restless = cluster.devices
    .filter(({ client }) => !isAtRest(client))
    .map(({ device, client }) => `${device}: is ${client.connection.name}, ${outboxOf(client.state.outbox)}`);
  const holders = await cluster.names.list();
  const nameless = cluster.nodes
    .filter(({ name, leaseId }) => leaseId !== null && holders.get(name) !== leaseId)
    .map(({ name }) => `${name}: serves, and its name is ${holders.get(name) ?? 'nobody'}’s`);
  const early = [...nodes, ...nameless, ...restless];
  if (early.length > 0) return early;
  const ask = rememberAnswers(ground.ask);
  const found: string[] = [];
  for (const { device, client, userId } of cluster.devices) {
    const stale = await staleness(client, userId, ask);
    found.push(...stale.map((line) => `${device}: ${line}`));
  }
  return found;
}

function outboxOf(outbox: ReadonlyMap<string, { readonly name: string; readonly status: string }>): string {
  const entries = [...outbox.values()].map(({ name, status }) => `${name} ${status}`);
  return entries.length === 0 ? 'nothing under way' : entries.join(', ');
}

/** Devices of one person ask the same. */
function rememberAnswers(ask: Ask): Ask {
  const answers = new Map<string, Promise<unknown>>();
  return (userId, name, input) => {
    const key = `${userId} ${name} ${JSON.stringify(input)}`;
    const answer = answers.get(key) ?? ask(userId, name, input);
    answers.set(key, answer);
    return answer as ReturnType<typeof ask<typeof name>>;
  };
}
