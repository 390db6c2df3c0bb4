import type { Words } from '../language/index.ts';

const domainsMax = 50;
const domain = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;

/** Domains as people write them: on lines or between commas, perhaps with an @ or an address before it. Each once. */
export function domainsIn(text: string): readonly string[] {
  const words = text
    .toLowerCase()
    .split(/[\s,;]+/)
    .map((word) => word.slice(word.lastIndexOf('@') + 1))
    .filter((word) => word !== '');
  return [...new Set(words)];
}

/** What the server will not take, said before it is asked. */
export function domainProblem(text: string, { admin }: Words): string | undefined {
  const { wrongDomain, tooManyDomains } = admin.workspace;
  const domains = domainsIn(text);
  const wrong = domains.find((one) => !domain.test(one) || one.length > 253);
  if (wrong !== undefined) return wrongDomain(wrong);
  return domains.length > domainsMax ? tooManyDomains(domainsMax) : undefined;
}
