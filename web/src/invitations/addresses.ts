/** Each once, as people paste them: one a line, or with commas, semicolons or spaces between. */
export function addressesIn(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((part) => part !== ''))];
}

/** The same as the server asks for. */
export function isAddress(text: string): boolean {
  return /^[^\s@<>"]+@[^\s@<>"]+$/.test(text);
}
