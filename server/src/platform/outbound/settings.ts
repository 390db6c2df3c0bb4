import type { Proxies } from './index.ts';

/** `host` and `host:port` of a list; undefined when one of them is neither. */
export function readAllowed(text: string): string[] | undefined {
  const list = text
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one !== '');
  return list.every((one) => /^([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/.test(one)) ? list : undefined;
}

/** The URL of a forward proxy; what people write without a scheme is one of http. Undefined for what is none. */
export function readProxyUrl(text: string): string | undefined {
  const full = text.includes('://') ? text : `http://${text}`;
  return /^https?:\/\//i.test(full) && URL.canParse(full) ? new URL(full).href : undefined;
}

/** The proxy to ask for `url`; null for none. */
export function proxyFor(url: URL, { http, https, except }: Proxies): string | null {
  const host = url.hostname.toLowerCase();
  const isExcepted = except.some((written) => {
    const one = written.toLowerCase().replace(/^\*?\./, '');
    return one === '*' || one === host || one === url.host.toLowerCase() || host.endsWith(`.${one}`);
  });
  if (isExcepted) return null;
  return url.protocol === 'https:' ? https : http;
}
