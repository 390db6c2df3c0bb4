/** The machine's own programs on real files where they are there, and programs that misbehave in every way. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../clock/index.ts';
import { findProgram } from '../find-program.ts';
import { createSystemTools, type ToolFile } from './index.ts';
import type { SystemToolsOptions } from './system.ts';
import { smallPdf } from '../../../../tests/support/small-pdf.ts';

const folder = mkdtempSync(join(tmpdir(), 'confab-tools-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (type: string, bytes: Uint8Array): ToolFile => ({
  type,
  size: bytes.length,
  async *read() {
    yield bytes.subarray(0, 100);
    yield bytes.subarray(100);
  },
});
const has = (...names: string[]): boolean =>
  ['prlimit', 'setpriv', ...names].every((name) => findProgram(name) !== null);
/** Much more than they need, for a machine with other work to do. */
const real = createSystemTools({ clock: systemClock, msMax: 60_000 });

describe('a picture', { timeout: 120_000 }, () => {
  it.runIf(has('ffmpeg')).each([
    ['video/mp4', 'mp4', 'mpeg4'],
    ['video/matroska', 'mkv', 'mpeg4'],
    ['video/vnd.avi', 'avi', 'mjpeg'],
  ])('of a video is one of its images: %s', async (type, ending, codec) => {
    const path = join(folder, `video.${ending}`);
    const source = ['-f', 'lavfi', '-i', 'color=red:size=64x48:rate=5:duration=1'];
    spawnSync(findProgram('ffmpeg') ?? '', ['-v', 'error', '-nostdin', ...source, '-c:v', codec, path]);
    const made = await real.pictureOf(file(type, readFileSync(path)));
    const { data, info } = await sharp(made ?? Buffer.from('none'))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 64, height: 48 });
    expect(data[0]).toBeGreaterThan(180);
    expect(data[1]).toBeLessThan(70);
  });

  it.runIf(has('pdftoppm'))('of a PDF is its first page', async () => {
    const made = await real.pictureOf(file('application/pdf', smallPdf(['Quarterly report', 'Second page'])));
    expect(await sharp(made ?? Buffer.from('none')).metadata()).toMatchObject({
      format: 'png',
      height: 1_200,
    });
  });

  it.runIf(has('ffmpeg', 'pdftoppm'))(
    'there is none of what is broken, empty, or of another kind',
    async () => {
      const playlist = Buffer.from('#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n');
      for (const bytes of [Buffer.from('%PDF-1.4\nnothing'), Buffer.alloc(0), playlist])
        for (const type of ['video/mp4', 'video/webm', 'application/pdf', 'video/unheard-of', 'text/plain'])
          expect(await real.pictureOf(file(type, bytes))).toBeNull();
    },
  );

  it('there is none without the program', async () => {
    const without = createSystemTools({ clock: systemClock, folders: [folder] });
    expect(await without.pictureOf(file('video/mp4', Buffer.from('x')))).toBeNull();
  });
});

describe('the text', { timeout: 120_000 }, () => {
  it.runIf(has('pdftotext'))('of a PDF is that of its pages, or of the first of them', async () => {
    const text = await real.textOf(file('application/pdf', smallPdf(['Quarterly report', 'Second page'])));
    expect(text).toMatch(/^Quarterly report\s+Second page\s*$/);
    const brief = createSystemTools({ clock: systemClock, msMax: 60_000, outputBytesMax: 1_000 });
    const long = smallPdf(Array.from({ length: 90 }, () => 'The same words on each page'));
    expect(await brief.textOf(file('application/pdf', long))).toHaveLength(1_000);
  });

  it('there is none of what is broken or of another kind', async () => {
    expect(await real.textOf(file('application/pdf', Buffer.from('%PDF-1.4\nnothing')))).toBeNull();
    expect(await real.textOf(file('text/plain', Buffer.from('words')))).toBeNull();
  });
});

const perl = findProgram('perl');

/** A machine whose ffmpeg is this. */
function posing(name: string, body: string, limits: Partial<SystemToolsOptions> = {}) {
  const bin = mkdtempSync(join(folder, `${name}-`));
  writeFileSync(join(bin, 'ffmpeg'), `#!${perl}\n${body}\n`);
  chmodSync(join(bin, 'ffmpeg'), 0o755);
  const tools = createSystemTools({
    ...{ clock: systemClock, folders: [bin, '/usr/bin', '/bin'], msMax: 60_000 },
    ...limits,
  });
  return { bin, run: (bytes = Buffer.from('a video')) => tools.pictureOf(file('video/mp4', bytes)) };
}

describe.runIf(perl !== null && has())('a program that was led astray', { timeout: 120_000 }, () => {
  const answer = (body: string, limits?: Partial<SystemToolsOptions>) =>
    posing('astray', body, limits)
      .run()
      .then((made) => (made === null ? null : Buffer.from(made).toString()));

  it('gets its file without a name, and no variables', async () => {
    const body =
      'open(my $f, "<", "/dev/fd/3"); print <$f>, " ", readlink("/dev/fd/3"), " ", join(",", sort keys %ENV);';
    expect(await answer(body)).toMatch(/^a video \S+ \(deleted\) HOME,LC_ALL,MALLOC_ARENA_MAX,PATH$/);
  });

  it('can write no file', async () => {
    const out = JSON.stringify(join(folder, 'out'));
    expect(
      await answer(`open(my $f, ">", ${out}); $f->autoflush(1); print $f "x" x 9; print "still here"`),
    ).toBeNull();
  });

  it('gets no more memory than it may', async () => {
    expect(await answer('my $all = "x" x 200_000_000; print length $all')).toBe('200000000');
    expect(
      await answer('my $all = "x" x 200_000_000; print length $all', { memoryBytesMax: 1e8 }),
    ).toBeNull();
  });

  it('is stopped when it says too much, or takes too long', async () => {
    expect(await answer('print "x" x 1_000')).toHaveLength(1_000);
    expect(await answer('print "x" x 1_000 while 1', { outputBytesMax: 100_000 })).toBeNull();
    expect(await answer('sleep 600 while 1', { msMax: 200 })).toBeNull();
  });

  it('that fails has made nothing', async () => {
    expect(await answer('print "half"; exit 1')).toBeNull();
  });

  it('is not given what is too large', async () => {
    expect(await answer('print "x"', { fileBytesMax: 3 })).toBeNull();
  });
});

describe.runIf(perl !== null && has())('a program', { timeout: 120_000 }, () => {
  let module = '';
  beforeAll(async () => {
    module = join(folder, 'guarded.mjs');
    const entry = fileURLToPath(new URL('guarded.ts', import.meta.url));
    await build({ entryPoints: [entry], outfile: module, bundle: true, platform: 'node', format: 'esm' });
  });

  it('ends with the process that asked for it, however that ends', async () => {
    const pids = mkdtempSync(join(folder, 'pids-'));
    const { bin } = posing('lasting', `open(my $f, ">", "${pids}/$$"); sleep 600 while 1;`);
    const run = `import { runGuarded } from ${JSON.stringify(module)};
      await runGuarded({ guards: { prlimit: '/usr/bin/prlimit', setpriv: '/usr/bin/setpriv' },
        program: ${JSON.stringify(join(bin, 'ffmpeg'))}, args: [], input: (async function* () {})(),
        clock: { after: () => ({ cancel() {} }) }, msMax: 600_000, memoryBytesMax: 1e9, outputBytesMax: 1 });`;
    const asking = spawn(process.execPath, ['--input-type=module', '-e', run], { stdio: 'ignore' });
    const pid = await vi.waitFor(() => {
      const [found] = readdirSync(pids);
      if (found === undefined) throw new Error('it does not run yet');
      return Number(found);
    }, 60_000);
    expect(isGone(pid)).toBe(false);
    asking.kill('SIGKILL');
    await vi.waitFor(() => expect(isGone(pid)).toBe(true), 60_000);
  });
});

/** Gone, or dead and not yet fetched by whoever inherits orphans here. */
function isGone(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}
