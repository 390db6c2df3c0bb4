/**
 * A whole high-availability cluster on one machine, from the files in `deploy/`: made, looked at, hurt and taken away.
 * Promises that `down` leaves nothing, whatever happened before. Refuses to know what people say in it.
 */
export {
  openCluster,
  type Cluster,
  type ClusterHost,
  type ClusterHostFacts,
  type PartsNow,
} from './cluster.ts';
export type { PartState } from './components/component.ts';
export { takeDown, type DownResult } from './down.ts';
export { lookAtCluster } from './look.ts';
export type { Signal } from './platform/processes.ts';
export { ClusterProblem } from './problem.ts';
export type { OwnerAccount, Timing } from './record.ts';
export { isSoundEtcd, isSoundPatroni, versionIn } from './sound-versions.ts';
export type { StatusRow } from './status.ts';
export type { PartName, Role } from './topology.ts';
export { bringUp, type UpOptions, type UpResult } from './up.ts';
