/** What somebody sent is in the log, or was refused to their face: nothing is lost on the way. */
import type { Device } from '../people/device.ts';
import type { SentMessage } from './acknowledgements.ts';
import type { Findings } from './findings.ts';
import type { LogReading } from './log-reading.ts';

export function checkOutboxes(deps: {
  log: LogReading;
  sent: readonly SentMessage[];
  devices: readonly Device[];
  findings: Findings;
}): void {
  const { log, sent, devices, findings } = deps;
  const kept = new Set(log.messages.map(({ authorId, clientId }) => `${authorId} ${clientId}`));
  for (const { device, userId, clientId, madeAtMs } of sent) {
    if (kept.has(`${userId} ${clientId}`)) continue;
    const from = devices.find((one) => one.device === device);
    if (!from || from.hasLetGoOf(clientId) || from.wasReloadedSoonAfter(madeAtMs)) continue;
    const how = `${device} sent ${clientId}; it was never refused, and is not there.`;
    findings.broken('unlost', how, [clientId]);
  }
}
