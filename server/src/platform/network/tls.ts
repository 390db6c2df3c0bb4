import { isIP } from 'node:net';
import { connect, rootCertificates, type TLSSocket } from 'node:tls';
import type { Certificate, Place } from './index.ts';
import { unreached } from './unreached.ts';
import { within } from './within.ts';

/** @param trusted certificates (PEM) that are trusted besides the usual ones */
export async function certificate({ host, port }: Place, trusted: readonly string[]): Promise<Certificate> {
  const socket = connect({
    host,
    port,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(trusted.length === 0 ? {} : { ca: [...rootCertificates, ...trusted] }),
    // What is wrong with it is the question.
    rejectUnauthorized: false,
  });
  try {
    await within(
      new Promise<void>((resolve, reject) => {
        socket.once('secureConnect', resolve).once('error', reject);
      }),
    );
    return describe(socket);
  } catch (error) {
    throw unreached(error);
  } finally {
    socket.destroy();
  }
}

function describe(socket: TLSSocket): Certificate {
  const shown = socket.getPeerCertificate();
  // Its type says Error; at run time it is the code.
  const problem: unknown = socket.authorizationError;
  return {
    problem: socket.authorized ? null : problem instanceof Error ? problem.message : String(problem),
    issuer: String(shown.issuer?.CN ?? shown.issuer?.O ?? 'unknown'),
    endsAt: Date.parse(shown.valid_to),
    protocol: socket.getProtocol() ?? 'unknown',
  };
}
