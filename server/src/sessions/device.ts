/** What a browser says of itself, in words a person knows their devices by. A courtesy: anybody can say anything. */

const browsers: readonly (readonly [RegExp, string])[] = [
  // Most browsers also name those they descend from; the first that fits is the youngest.
  [/\b(?:Edg|EdgA|EdgiOS)\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
];

/** `Firefox on Linux`; for programs other than browsers their own name; else `Unknown device`. */
export function deviceName(userAgent: string): string {
  const said = userAgent.slice(0, 512);
  const find = (names: typeof browsers): string | undefined => names.find(([sign]) => sign.test(said))?.[1];
  const [browser, system] = [find(browsers), find(systems)];
  if (browser !== undefined) return system === undefined ? browser : `${browser} on ${system}`;
  const program = /^([A-Za-z][A-Za-z0-9._-]{0,39})(?:[/ ]|$)/.exec(said)?.[1];
  const name = program === undefined || program === 'Mozilla' ? undefined : program;
  if (name !== undefined) return system === undefined ? name : `${name} on ${system}`;
  return system ?? 'Unknown device';
}
