import { Resolver, lookup } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { systemCode } from '../problem.ts';
import { countReused, get, upgrade } from './http.ts';
import type { Network, Place } from './index.ts';
import { clockOffset } from './sntp.ts';
import { certificate } from './tls.ts';
import { unreached } from './unreached.ts';
import { within } from './within.ts';

export interface SystemNetworkOptions {
  /** Certificates (PEM) that are trusted besides the usual ones. */
  trusted?: readonly string[];
}

/** What the name server says when it lives and knows no such name. */
const livingAnswers = new Set(['ENOTFOUND', 'ENODATA', 'NXDOMAIN', 'EREFUSED', 'ESERVFAIL']);

export function createSystemNetwork({ trusted = [] }: SystemNetworkOptions = {}): Network {
  return {
    nameServers: nameServers(),
    async resolve(name) {
      try {
        return (await within(lookup(name, { all: true }))).map(({ address }) => address);
      } catch {
        return [];
      }
    },
    async askNameServer(server, name) {
      const resolver = new Resolver({ timeout: 1_500, tries: 2 });
      resolver.setServers([server]);
      try {
        await within(resolver.resolve4(name));
      } catch (error) {
        if (livingAnswers.has(systemCode(error) ?? '')) return;
        throw unreached(error);
      } finally {
        resolver.cancel();
      }
    },
    reach,
    tryPort,
    get,
    countReused,
    upgrade,
    certificate: (place) => certificate(place, trusted),
    clockOffset,
  };
}

/** What the resolver itself would add when none is named, 127.0.0.1, is no setting of anybody. */
function nameServers(): string[] {
  try {
    const text = readFileSync('/etc/resolv.conf', 'utf8');
    return [...text.matchAll(/^\s*nameserver\s+(\S+)/gm)].map(([, server = '']) => server);
  } catch {
    return [];
  }
}

async function reach({ host, port }: Place): Promise<void> {
  const socket = connect({ host, port });
  try {
    await within(
      new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve).once('error', reject);
      }),
    );
  } catch (error) {
    throw unreached(error);
  } finally {
    socket.destroy();
  }
}

function tryPort({ host, port }: Place): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(systemCode(error) ?? error.message));
    server.listen({ host, port }, () => server.close(() => resolve(null)));
  });
}
