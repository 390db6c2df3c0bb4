/** What the values of settings look like: in words for people, and read; undefined for what is not right. */
import { BlockList, isIP } from 'node:net';
import { readServers } from './platform/postgres/index.ts';

interface Values<Value> {
  /** Ends the sentence "CONFAB_PORT should be …". */
  readonly expected: string;
  readonly parse: (text: string) => Value | undefined;
}

export function wholeNumber(from: number, to: number): Values<number> {
  return {
    expected: `a whole number from ${from} to ${to}`,
    parse: (text) => {
      const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
      return value >= from && value <= to ? value : undefined;
    },
  };
}

export function oneOf<Word extends string>(...words: Word[]): Values<Word> {
  return {
    expected: `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`,
    parse: (text) => words.find((word) => word === text),
  };
}

/** The origin, without a slash at its end. */
export function publicUrl(text: string): string | undefined {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
    ? url.origin
    : undefined;
}

export function databaseUrl(text: string): string | undefined {
  return readServers({ url: text }) === null ? undefined : text;
}

export function hostAndPort(text: string): { host: string; port: number } | undefined {
  const [, bracketed, plain, digits] = /^(?:\[([\da-fA-F:.]+)\]|([\w.-]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  return host === undefined || port > 65_535 ? undefined : { host, port };
}

export function addresses(text: string): string[] | undefined {
  const list = text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  return list.every(isNetwork) ? list : undefined;
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  if (bits === undefined) return true;
  if (!/^\d+$/.test(bits)) return false;
  try {
    new BlockList().addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
    return true;
  } catch {
    return false;
  }
}
