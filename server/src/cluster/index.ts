/**
 * Which nodes serve this database. Owns the table `nodes`, a lease for each. Promises that two living nodes never have
 * one name, and that versions which do not fit are told so before they do harm. Refuses to know what nodes do.
 */
export { joinCluster, type JoinDeps, type Membership } from './join-cluster.ts';
export { checkNeighbours, checkNobodyServes } from './check-neighbours.ts';
export { watchForCutOff } from './cut-off.ts';
export { measureOffset } from './measure-offset.ts';
export { areAdjacent, clockRefuseMs, clockWarnMs, offsetWords } from './rules.ts';
export { knowsNodes, listNodes, type LivingNode, type NodeState } from './store.ts';
