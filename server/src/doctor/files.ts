import { countUnlooked, countWithheld } from '../files/index.ts';
import { Fault } from '../platform/fault.ts';
import {
  count,
  fail,
  gibibytes,
  isCluster,
  onlyForClusters,
  pass,
  skipped,
  warn,
  type Check,
  type DoctorDeps,
  type Finding,
} from './check.ts';

const bytesWanted = 40e9;
const freeBytesNeeded = 1024 ** 3;

export const fileChecks: readonly Check[] = [
  { ids: ['FS-1'], title: 'shared folder', run: sharedFolder },
  { ids: ['FS-2'], title: 'writing to the shared folder', run: writing },
  { ids: ['FS-1', 'FS-2'], title: 'bucket', run: bucket },
  { ids: ['FS-1', 'LIFE-3'], title: 'one place for files', run: onePlace },
  { ids: [], title: 'pictures and texts of files', run: programs },
  { ids: [], title: 'virus scanner', run: scanner },
];

/** The programs, and what there is none of without them. */
const wanted = [
  { program: 'ffmpeg', of: 'videos', from: 'ffmpeg' },
  { program: 'pdftoppm', of: 'PDFs', from: 'poppler-utils' },
  { program: 'pdftotext', of: 'text of PDFs', from: 'poppler-utils' },
  { program: 'prlimit', of: 'all', from: 'util-linux' },
  { program: 'setpriv', of: 'all', from: 'util-linux' },
];

async function programs({ machine, postgres }: DoctorDeps): Promise<Finding> {
  const unlooked = postgres.state === 'open' ? await countUnlooked(postgres.part) : 0;
  const left = unlooked === 0 ? '' : `; ${count(unlooked, 'file')} from before to be looked at`;
  const missing = wanted.filter(({ program }) => !machine.hasProgram(program));
  if (missing.length === 0) return pass(`made by ffmpeg, pdftoppm and pdftotext${left}`);
  const said = missing.map(({ program, of, from }) => `no ${program} (${of}; Debian's ${from})`);
  return skipped(
    `${said.join(', ')}: such files are shown without a picture, and found by their names only${left}`,
  );
}

const mendScanner =
  'Start clamd, let this node reach it by CONFAB_CLAMD, and give it signatures (freshclam). Files wait until then.';

async function scanner({ scanner: reach, postgres }: DoctorDeps): Promise<Finding> {
  if (reach.state !== 'open')
    return skipped('no CONFAB_CLAMD: files are served without being looked through');
  const { waiting, tooLarge } =
    postgres.state === 'open' ? await countWithheld(postgres.part) : { waiting: 0, tooLarge: 0 };
  const behind = waiting === 0 ? '' : `; ${count(waiting, 'file')} waiting`;
  try {
    const name = await reach.part.greet();
    if (tooLarge === 0) return pass(`${name}${behind}`);
    return warn(
      `${name}${behind}; ${count(tooLarge, 'file')} too large for it, and not served`,
      'Raise StreamMaxLength of clamd to CONFAB_FILE_MEGABYTES; it is asked again within six hours.',
    );
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return fail(`${error.message}${behind}`, mendScanner);
  }
}

const unused = skipped(
  'no folder is set: CONFAB_FILES names none, or a bucket; look at one for later with --files FOLDER',
);

function sharedFolder({ settings, machine }: DoctorDeps): Finding {
  const path = settings.filesFolder;
  if (path === null) return unused;
  const { exists, freeBytes, totalBytes, mount } = machine.folder(path);
  if (!exists) return fail(`${path} is not there`, 'Mount the share, or make the folder.');
  const found = `${path} on ${mount?.type ?? 'an unknown kind of disk'}, ${gibibytes(freeBytes)} of ${gibibytes(totalBytes)} free`;
  if (freeBytes < freeBytesNeeded) return fail(found, 'Free some space: uploads would be refused.');
  const isNfs4 = mount !== null && (mount.type === 'nfs4' || /(^|,)vers=4/.test(mount.options));
  if (!isNfs4 && !mount?.type.startsWith('fuse')) {
    return warn(
      found,
      'With several nodes it has to be a share that all of them mount: NFS 4, with hard in its options.',
    );
  }
  if (/(^|,)soft(,|$)/.test(mount.options)) {
    return warn(found, 'Mount it with hard: soft mounts lose what was written when the server is slow.');
  }
  return totalBytes < bytesWanted ? warn(found, 'The guide has 40 GB at least.') : pass(found);
}

function writing({ settings, machine }: DoctorDeps): Finding {
  const path = settings.filesFolder;
  if (path === null) return unused;
  const code = machine.tryWriting(path);
  if (code === null) return pass('written, read back and deleted as this user');
  return fail(
    `${path}: ${code}`,
    code === 'EACCES' || code === 'EPERM'
      ? 'Give the folder to the user who runs Confab, and export it with no_root_squash or with all_squash to that user.'
      : 'Look at the mount and at its server.',
  );
}

const sample = Buffer.from('written by confab doctor, which deletes it again');

/** Written, read back and deleted: what a node has to be able to. */
async function bucket({ settings, openObjects, clock, machine }: DoctorDeps): Promise<Finding> {
  const place = settings.filesBucket;
  if (place === null) return skipped('no bucket is set: CONFAB_FILES names none, or a folder');
  const name = `${place.bucket} at ${place.endpoint ?? `Amazon, ${place.region}`}`;
  const objects = openObjects(place);
  // Two doctors at once do not take each other's away.
  const key = `doctor/${machine.name.replace(/[^a-zA-Z0-9]/g, '-')}-${clock.now()}`;
  try {
    await objects.put(key, onePiece(sample), sample.length);
    const found = await wholeOf(await objects.read(key));
    await objects.delete(key);
    if (found?.equals(sample) === true) return pass(`${name}: written, read back and deleted`);
    return fail(
      `${name}: what was written does not come back`,
      'Use a store that shows at once what it took.',
    );
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return fail(
      `${name}: ${error.message}`,
      'Make the bucket, give its keys by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY the right to read, write and delete objects, and let this node reach it.',
    );
  }
}

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function wholeOf(body: AsyncIterable<Uint8Array> | null): Promise<Buffer | null> {
  if (body === null) return null;
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** What one node took has to be there for the others. */
function onePlace(deps: DoctorDeps): Finding {
  if (!isCluster(deps)) return onlyForClusters;
  const { settings, nodes } = deps;
  if (settings.filesBucket !== null) return pass(`the bucket ${settings.filesBucket.bucket}`);
  if (settings.filesFolder !== null) return pass(`${settings.filesFolder}, if every node mounts it there`);
  const found = `${count(nodes.length, 'node')}, and this one keeps files in its own data folder`;
  if (nodes.length < 2) return pass(found);
  return warn(
    found,
    'Name a shared folder or a bucket by CONFAB_FILES on every node, and copy there what they have: the others cannot show it.',
  );
}
