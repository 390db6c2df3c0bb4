import type { Clock } from '../clock/index.ts';
import { findProgram } from '../find-program.ts';
import { inputPath, runGuarded } from './guarded.ts';
import type { ToolFile, Tools } from './index.ts';

export interface SystemToolsOptions {
  readonly clock: Clock;
  /** Where programs are looked for. */
  readonly folders?: readonly string[];
  /** Of one run. */
  readonly msMax?: number;
  readonly memoryBytesMax?: number;
  readonly outputBytesMax?: number;
  /** Of a file: it is copied to the temporary folder. */
  readonly fileBytesMax?: number;
}

/** Of the text of a PDF. */
const textBytesMax = 400_000;
/** Longer side of a page, in pixels. */
const pagePixels = 1_200;

/**
 * Which demuxer of ffmpeg reads which kind. One is named, and none looked for: some that it knows (playlists) open
 * further files and addresses.
 */
const demuxers: Readonly<Record<string, string>> = {
  'video/mp4': 'mov',
  'video/quicktime': 'mov',
  'video/x-m4v': 'mov',
  'video/3gpp': 'mov',
  'video/3gpp2': 'mov',
  'video/webm': 'matroska',
  'video/matroska': 'matroska',
  'video/x-matroska': 'matroska',
  'video/ogg': 'ogg',
  'video/vnd.avi': 'avi',
  'video/x-msvideo': 'avi',
};

const pdf = 'application/pdf';

/** All kinds of which a program tells more. */
export const toolTypes: readonly string[] = [...Object.keys(demuxers), pdf];

/** The programs of this machine, looked for at each use: installed is found. They need prlimit and setpriv of util-linux. */
export function createSystemTools(options: SystemToolsOptions): Tools {
  const { clock, folders } = options;
  const { msMax = 10_000, memoryBytesMax = 1_500_000_000 } = options;
  const { outputBytesMax = 16_000_000, fileBytesMax = 500_000_000 } = options;
  const find = (name: string): string | null => findProgram(name, folders);

  async function run(
    name: string,
    args: readonly string[],
    file: ToolFile,
    kept: { keepsBeginning?: boolean; outputBytesMax?: number } = {},
  ): Promise<Buffer | null> {
    const [program, prlimit, setpriv] = [find(name), find('prlimit'), find('setpriv')];
    if (program === null || prlimit === null || setpriv === null || file.size > fileBytesMax) return null;
    const input = file.read();
    const limits = { msMax, memoryBytesMax, outputBytesMax };
    return runGuarded({ ...limits, ...kept, guards: { prlimit, setpriv }, program, args, input, clock });
  }

  return {
    types() {
      const has = (...names: string[]): boolean => names.every((name) => find(name) !== null);
      if (!has('prlimit', 'setpriv')) return [];
      return [
        ...(has('ffmpeg') ? Object.keys(demuxers) : []),
        ...(has('pdftoppm', 'pdftotext') ? [pdf] : []),
      ];
    },
    async textOf(file) {
      if (file.type !== pdf) return null;
      const kept = { keepsBeginning: true, outputBytesMax: Math.min(outputBytesMax, textBytesMax) };
      return (await run('pdftotext', textArgs, file, kept))?.toString('utf8') ?? null;
    },
    async pictureOf(file) {
      const demuxer = demuxers[file.type];
      if (demuxer !== undefined) return notEmpty(await run('ffmpeg', posterArgs(demuxer), file));
      return file.type === pdf ? notEmpty(await run('pdftoppm', pageArgs, file)) : null;
    },
  };
}

/** The most typical of the first images: the very first is often black. Upright, in the size of the video. */
const posterArgs = (demuxer: string): string[] => [
  ...['-nostdin', '-v', 'error', '-threads', '1', '-filter_threads', '1', '-protocol_whitelist', 'file'],
  ...['-f', demuxer, '-i', `file:${inputPath}`, '-map', '0:v:0', '-vf', 'thumbnail=24'],
  ...['-frames:v', '1', '-c:v', 'mjpeg', '-q:v', '3', '-f', 'image2pipe', 'pipe:1'],
];

const pageArgs = ['-f', '1', '-l', '1', '-singlefile', '-scale-to', String(pagePixels), '-png', inputPath];

const textArgs = ['-f', '1', '-l', '100', '-enc', 'UTF-8', '-nopgbrk', '-q', inputPath, '-'];

const notEmpty = (bytes: Buffer | null): Buffer | null =>
  bytes === null || bytes.length === 0 ? null : bytes;
