/**
 * Prints what is said in a room, as it is said: `npx tsx examples/tail-room.ts URL TOKEN ROOM`.
 * A broken connection is no concern of this program: what was missed comes when it is back, once and in order.
 */
import { connect } from '@confab/client/node';

const [url = 'http://localhost:8080', token = process.env['CONFAB_TOKEN'] ?? '', name = 'general'] =
  process.argv.slice(2);

const client = await connect({ url, token, name: 'tail-room' });
const room = [...client.state.rooms.values()].find((mine) => mine.room.name === name)?.room;
if (!room) throw new Error(`I am in no room called ${name}`);

async function print({ at, authorId, text }: { at: number; authorId: string; text: string }): Promise<void> {
  const author =
    client.state.users.get(authorId) ?? (await client.call('user.get', { userId: authorId })).user;
  process.stdout.write(`${new Date(at).toISOString()} ${author.name}: ${text}\n`);
}

let printed = Promise.resolve();
client.onEvent((event) => {
  if (event.name !== 'message.sent' || event.data.message.roomId !== room.id) return;
  const { message } = event.data;
  printed = printed.then(() => print(message));
});
await client.openRoom(room.id, { history: false });
process.stdout.write(`listening in #${name}\n`);
process.once('SIGTERM', () => void client.stop());
