import type { FileInfo } from '@confab/protocol';
import type { Node } from '@confab/server/app';
import type { Caller } from '@confab/server/kit/caller';

let made = 0;

/** A whole file in one piece, past the HTTP door. */
export async function uploadFile(
  node: Pick<Node, 'handlers' | 'files'>,
  caller: Caller,
  { roomId, name, bytes }: { roomId: string; name: string; bytes: Uint8Array },
): Promise<FileInfo> {
  const clientId = `upload-file-${process.pid}-${(made += 1)}`;
  const size = bytes.length;
  const { fileId } = await node.handlers['file.begin'](caller, { roomId, clientId, name, size });
  const body = (async function* () {
    yield bytes;
  })();
  if (size > 0) await node.files.take(caller, { fileId, offset: 0, size, body });
  return (await node.handlers['file.finish'](caller, { fileId })).file;
}
