import type { Input, Output } from '@confab/protocol';
import { workspaceStream, type EventLog } from '../delivery/index.ts';
import { administers, type Caller } from '../kit/caller.ts';
import { plainLine } from '../kit/plain-line.ts';
import { Refusal } from '../kit/refusal.ts';
import { forActing } from '../users/index.ts';
import { changeWorkspace } from './store.ts';

/** What is left out stays. @throws Refusal forbidden, invalid */
export async function change(
  deps: { log: EventLog },
  caller: Caller,
  input: Input<'workspace.change'>,
): Promise<Output<'workspace.change'>> {
  const wanted =
    input.name === undefined ? input : { ...input, name: plainLine(input.name, { path: '/name' }) };
  return deps.log.write([workspaceStream], async (tx, log) => {
    const actor = await forActing(tx, caller.userId);
    if (!administers(actor)) throw new Refusal('forbidden', { needs: 'admin' });
    const workspace = await changeWorkspace(tx, wanted);
    return { workspace, position: log.append(workspaceStream, 'workspace.changed', { workspace }) };
  });
}
