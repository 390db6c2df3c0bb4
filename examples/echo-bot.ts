/**
 * Answers every message of a room with the same words: `npx tsx examples/echo-bot.ts URL TOKEN ROOM`.
 * The token is a personal access token with the scopes read and write; the room is the name of one the bot is in.
 */
import { connect } from '@confab/client/node';

const [url = 'http://localhost:8080', token = process.env['CONFAB_TOKEN'] ?? '', name = 'general'] =
  process.argv.slice(2);

const client = await connect({ url, token, name: 'echo-bot' });
const room = [...client.state.rooms.values()].find((mine) => mine.room.name === name)?.room;
if (!room) throw new Error(`I am in no room called ${name}`);

client.onEvent((event) => {
  if (event.name !== 'message.sent' || event.data.message.roomId !== room.id) return;
  const { authorId, text, threadId } = event.data.message;
  if (authorId !== client.state.me?.userId) client.send(room.id, { text: `> ${text}`, threadId });
});
await client.openRoom(room.id, { history: false });
process.stdout.write(`listening in #${name}\n`);
process.once('SIGTERM', () => void client.stop());
