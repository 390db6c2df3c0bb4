/** nginx from the very file that operators get, before two real nodes: the doctor finds nothing to mend. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSystemNetwork } from '@confab/server/platform/network/index';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startCluster, type Cluster } from '../support/cluster.ts';
import { living, look } from '../support/doctor.ts';
import { makeCertificate } from '../support/entrance.ts';
import { freePort } from '../support/ports.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const text = readFileSync(join(import.meta.dirname, '../../deploy/nginx/confab.conf'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'confab-nginx-'));
const certificate = makeCertificate(90);
const network = createSystemNetwork({ trusted: [certificate.cert] });
const [plainPort, port] = [await freePort(), await freePort()];
let cluster: Cluster;
let nginx: ChildProcess;

/** The file with this machine's addresses, in a settings file of nginx that runs on its own. */
function prepare(nodes: readonly string[]): string {
  writeFileSync(join(folder, 'chat.pem'), certificate.cert);
  writeFileSync(join(folder, 'chat.key'), certificate.key);
  const own = text
    .replaceAll('/etc/nginx/confab', folder)
    .replaceAll('https://chat.example.org', `https://localhost:${port}`)
    .replaceAll('chat.example.org', 'localhost')
    .replace('listen 80;', `listen 127.0.0.1:${plainPort};`)
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    // The third node is one that has died: nobody listens on port 1.
    .replace('node3.confab.internal:80', '127.0.0.1:1')
    .replaceAll(/node([12])\.confab\.internal:80/g, (_, number: string) => nodes[Number(number) - 1] ?? '');
  writeFileSync(join(folder, 'confab.conf'), own);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  );
  const whole = `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log; events {}
    http { access_log off; ${temporary.join(' ')} include ${folder}/confab.conf; }`;
  const main = join(folder, 'nginx.conf');
  writeFileSync(main, whole);
  return main;
}

beforeAll(async () => {
  cluster = await startCluster({ nodes: 2 });
  const file = prepare([0, 1].map((place) => cluster.addressFor(place).replace('http://', '')));
  const { status, stderr } = spawnSync('nginx', ['-t', '-c', file, '-e', 'stderr'], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  nginx = spawn('nginx', ['-c', file, '-e', 'stderr'], { stdio: 'ignore' });
  await vi.waitFor(() => network.reach({ host: '127.0.0.1', port }), { timeout: 20_000, interval: 50 });
});
afterAll(async () => {
  const gone = new Promise((resolve) => nginx.once('exit', resolve));
  nginx.kill('SIGKILL');
  await gone;
  await cluster.close();
  rmSync(folder, { recursive: true, force: true });
});

const own = () => ({
  settings: { publicUrl: `https://localhost:${port}`, plainPort, trustedProxies: ['127.0.0.0/8'] },
  network,
  nodes: [living('node-0'), living('node-1')],
});

it.each(['affinity', 'keep-alive', 'certificate', 'redirect to HTTPS', 'addresses of people', 'sockets'])(
  '%s',
  async (title) => {
    expect(await look(title, own())).toMatchObject({ status: 'pass' });
  },
);

it('spreads people over the nodes that live', async () => {
  const visit = async (): Promise<string> => {
    const { status, body } = await network.get(`https://localhost:${port}/healthz`);
    expect(status).toBe(200);
    return body;
  };
  const seen = new Set<string>();
  await vi.waitFor(
    async () => {
      seen.add(await visit());
      expect(seen.size).toBe(2);
    },
    { timeout: 20_000, interval: 5 },
  );
});
