import type { Words } from '../language/index.ts';

/** What the server will not take for a handle, said before it is asked. Empty is a problem too. */
export function handleProblem(handle: string, { settings }: Words): string | undefined {
  const { noHandle, handleLetters, handleEnds } = settings.profile;
  if (handle === '') return noHandle;
  if (/[^a-z0-9._-]/.test(handle)) return handleLetters;
  return /^[a-z0-9].*[a-z0-9]$|^[a-z0-9]$/.test(handle) ? undefined : handleEnds;
}
