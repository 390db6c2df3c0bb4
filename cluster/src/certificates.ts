import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from './platform/machine.ts';
import { certificateFiles } from './site.ts';
import { fullName, hostsWith, type Topology } from './topology.ts';

/** An authority of this cluster's own, and a certificate for its floating address and its name. */
export async function makeCertificates(deps: {
  folder: string;
  topology: Topology;
  machine: Machine;
}): Promise<void> {
  const { folder, topology, machine } = deps;
  const { ca, caKey, bundle } = certificateFiles(folder);
  const inTls = (name: string): string => join(folder, 'tls', name);
  mkdirSync(inTls(''), { recursive: true, mode: 0o755 });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const authority = `/CN=Confab cluster ${topology.name}`;
  await openssl(machine, [
    'req',
    '-x509',
    ...newKey,
    '-days',
    '825',
    '-subj',
    authority,
    '-keyout',
    caKey,
    '-out',
    ca,
  ]);
  // On loopback each balancer is a door of its own.
  const doors = [topology.floating.public, ...hostsWith(topology, 'haproxy').map(({ address }) => address)];
  const addresses = [...new Set(doors)].map((address) => `IP:${address}`).join(', ');
  const [key, request, certificate] = [inTls('chat.key'), inTls('chat.csr'), inTls('chat.crt')];
  await openssl(machine, [
    'req',
    ...newKey,
    '-subj',
    `/CN=${fullName('chat')}`,
    '-keyout',
    key,
    '-out',
    request,
  ]);
  writeFileSync(
    inTls('chat.ext'),
    `subjectAltName = DNS:${fullName('chat')}, ${addresses}\nextendedKeyUsage = serverAuth\n`,
  );
  await openssl(machine, [
    ...['x509', '-req', '-in', request, '-CA', ca, '-CAkey', caKey, '-CAcreateserial', '-days', '800'],
    ...['-extfile', inTls('chat.ext'), '-out', certificate],
  ]);
  writeFileSync(
    bundle,
    readFileSync(certificate, 'utf8') + readFileSync(ca, 'utf8') + readFileSync(key, 'utf8'),
    {
      mode: 0o600,
    },
  );
}

const openssl = (machine: Machine, args: readonly string[]): Promise<string> =>
  machine.run(['openssl', ...args]);
