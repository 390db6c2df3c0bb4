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
export function domainProblem(text: string): string | undefined {
  const domains = domainsIn(text);
  const wrong = domains.find((one) => !domain.test(one) || one.length > 253);
  if (wrong !== undefined) return `“${wrong}” is no domain. Write it like example.org.`;
  return domains.length > domainsMax ? `At most ${domainsMax} domains.` : undefined;
}
