import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { findFile } from './files.ts';

/** What the server says, one answer after the other. */
const answers: { status: number; bytes: string }[] = [];
const server = createServer((_request, response) => {
  const { status = 500, bytes = '' } = answers.shift() ?? {};
  response.writeHead(status).end(bytes);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
afterAll(() => void server.close());

const file = { id: '7', name: 'plan.bin', room: '3', bytes: new TextEncoder().encode('whole') };
const isWhole = async (...said: typeof answers): Promise<boolean> => {
  answers.splice(0, answers.length, ...said);
  return (await findFile(url, 'token', file, new Map())).isWhole;
};

test('a file is lost when the server says so, or has other bytes, and not because it does not answer for a moment', async () => {
  const whole = { status: 200, bytes: 'whole' };
  expect(await isWhole({ status: 503, bytes: '' }, whole)).toBe(true);
  expect(await isWhole({ status: 200, bytes: 'wrong' }, whole)).toBe(false);
  expect(await isWhole({ status: 404, bytes: '' }, whole)).toBe(false);
});
