import type { Folder, Machine } from './index.ts';

/** A machine as it is told to be. What is not said is as an operator would want it. */
export function createDescribedMachine(facts: Partial<Machine> = {}): Machine {
  const folder: Folder = {
    exists: true,
    refused: null,
    freeBytes: 100e9,
    totalBytes: 200e9,
    mount: { type: 'nfs4', options: 'rw,vers=4.2,hard' },
  };
  return {
    name: 'node-1',
    timeZone: 'UTC',
    cores: 8,
    memoryBytes: 16 * 1024 ** 3,
    addresses: ['10.0.0.1'],
    openFilesMax: 65_536,
    timeServers: [],
    folder: () => folder,
    tryWriting: () => null,
    hasProgram: () => true,
    ...facts,
  };
}
