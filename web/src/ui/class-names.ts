/** The classes that are there, with a space between. */
export function classNames(...parts: readonly (string | false | null | undefined)[]): string {
  return parts.filter((part) => part !== '' && typeof part === 'string').join(' ');
}
