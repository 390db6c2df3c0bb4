import type { Config } from './config.ts';

/**
 * Where other nodes and the balancer reach this one, as host:port: what listens everywhere is reached by the node's name.
 * @param address where it listens, as a URL
 */
export function addressForOthers(
  address: string,
  { host, nodeName }: Pick<Config, 'host' | 'nodeName'>,
): string {
  const { hostname, port } = new URL(address);
  // A URL leaves out the port that is usual.
  return `${isEverywhere(host) ? nodeName : hostname}:${port === '' ? '80' : port}`;
}

export const isEverywhere = (host: string): boolean => host === '0.0.0.0' || host === '::';
