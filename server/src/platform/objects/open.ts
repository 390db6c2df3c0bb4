import type { Clock } from '../clock/index.ts';
import { createFolderObjects } from './folder.ts';
import type { Objects } from './index.ts';
import type { ObjectsPlace } from './place.ts';
import { createS3Objects } from './s3.ts';

/** Touches nothing yet: a store that is away hinders nobody from starting. */
export function openObjects(place: ObjectsPlace, clock: Clock): Objects {
  return place.kind === 'folder'
    ? createFolderObjects({ folder: place.folder, clock })
    : createS3Objects(place);
}
