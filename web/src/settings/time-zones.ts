/** Names of IANA time zones as people look for them. */

/** Also the one that is missing from some browsers' lists. */
export function allZones(): readonly string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])];
}

/** America/Argentina/Buenos_Aires → Buenos Aires */
export function cityOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** America/Argentina/Buenos_Aires → America / Argentina */
export function regionOf(zone: string): string {
  return zone.split('/').slice(0, -1).join(' / ').replaceAll('_', ' ');
}

/** GMT+5:30; empty for a zone this browser does not know. */
export function offsetOf(zone: string, at: number): string {
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' });
    return format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  } catch {
    return '';
  }
}

/** Zones of which a word begins with each word looked for; those whose city begins so first, then by city. */
export function findZones(zones: readonly string[], query: string, max: number): readonly string[] {
  const wanted = wordsOf(query);
  const first = wanted[0] ?? '';
  return zones
    .map((zone) => ({ zone, city: wordsOf(cityOf(zone)).join(' '), words: wordsOf(zone) }))
    .filter(({ words }) => wanted.every((word) => words.some((one) => one.startsWith(word))))
    .sort(
      (a, b) =>
        Number(b.city.startsWith(first)) - Number(a.city.startsWith(first)) || a.city.localeCompare(b.city),
    )
    .slice(0, max)
    .map(({ zone }) => zone);
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s/_,-]+/)
    .filter((word) => word !== '');
}
