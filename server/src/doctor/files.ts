import { fail, gibibytes, pass, skipped, warn, type Check, type DoctorDeps, type Finding } from './check.ts';

const bytesWanted = 40e9;
const freeBytesNeeded = 1024 ** 3;

export const fileChecks: readonly Check[] = [
  { ids: ['FS-1'], title: 'shared folder', run: sharedFolder },
  { ids: ['FS-2'], title: 'writing to the shared folder', run: writing },
];

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
