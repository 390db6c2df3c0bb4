import { userInfo } from 'node:os';
import { Problem, systemCode } from '../../problem.ts';

/** One sentence for what the operating system said about a folder; what it does not know it hands back unchanged. */
export function folderProblem(folder: string, error: unknown): unknown {
  const code = systemCode(error);
  if (code === 'EACCES' || code === 'EPERM') {
    return new Problem(
      `The data folder ${folder} may not be used by user ${userName()}: give that user the folder, or choose another one with --data.`,
      error,
    );
  }
  if (code === 'EROFS') {
    return new Problem(`The data folder ${folder} is read-only: choose another one with --data.`, error);
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new Problem(
      `The data folder ${folder} is a file, or below one: choose another one with --data.`,
      error,
    );
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(folder, error);
  return error;
}

export function diskFull(folder: string, cause?: unknown): Problem {
  return new Problem(`The disk that holds ${folder} is full: free some space and start again.`, cause);
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.());
  }
}
