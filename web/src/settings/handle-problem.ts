/** What the server will not take for a handle, said before it is asked. Empty is a problem too. */
export function handleProblem(handle: string): string | undefined {
  if (handle === '') return 'Enter a handle.';
  if (/[^a-z0-9._-]/.test(handle)) return 'Use letters a to z, digits, dots, dashes and underscores.';
  return /^[a-z0-9].*[a-z0-9]$|^[a-z0-9]$/.test(handle)
    ? undefined
    : 'Begin and end with a letter or a digit.';
}
