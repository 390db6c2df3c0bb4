import { expect, test } from 'vitest';
import { renewSubscription, type RenewScope } from './renew-subscription.ts';

const keys = { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) };
const at = (endpoint: string) => ({ endpoint, toJSON: () => ({ endpoint, keys }) });

function worker(answers: Record<string, { status: number; body?: object }>) {
  const asked: { path: string; body: unknown }[] = [];
  const made: string[] = [];
  const scope: RenewScope = {
    registration: {
      pushManager: {
        subscribe({ applicationServerKey }) {
          made.push(applicationServerKey);
          return Promise.resolve(at('https://push.example.org/made'));
        },
      },
    },
    fetch(path, options) {
      const body: unknown = typeof options?.body === 'string' ? JSON.parse(options.body) : null;
      asked.push({ path, body });
      const { status, body: answer } = answers[path] ?? { status: 404 };
      return Promise.resolve({ status, ok: status < 300, json: () => Promise.resolve(answer) });
    },
  };
  return { scope, asked, made };
}

const devices = '/api/v1/me/push-devices';
const key = '/api/v1/push-key';
const taken = { [devices]: { status: 200 }, [key]: { status: 200, body: { publicKey: 'K' } } };

test('the server learns the new one, and which it takes the place of', async () => {
  const { scope, asked, made } = worker(taken);
  const change = {
    oldSubscription: at('https://old.example.org/'),
    newSubscription: at('https://new.example.org/'),
  };
  await renewSubscription(scope, change);
  const body = { endpoint: 'https://new.example.org/', keys, replaces: 'https://old.example.org/' };
  expect(asked).toEqual([{ path: devices, body }]);
  expect(made).toEqual([]);
});

test('where the browser has made none, one is made with the key of the server', async () => {
  const { scope, asked, made } = worker(taken);
  await renewSubscription(scope, { oldSubscription: null });
  expect(made).toEqual(['K']);
  expect(asked[1]).toEqual({ path: devices, body: { endpoint: 'https://push.example.org/made', keys } });
});

test('none is made while push is off, or nobody is signed in', async () => {
  for (const answer of [{ status: 200, body: { publicKey: null } }, { status: 401 }]) {
    const { scope, asked, made } = worker({ [key]: answer });
    await renewSubscription(scope, {});
    expect([made, asked.length]).toEqual([[], 1]);
  }
});

test('a server that is away is no end of it', async () => {
  for (const path of [key, devices]) {
    const { scope } = worker({ ...taken, [path]: { status: 503 } });
    await expect(renewSubscription(scope, {})).rejects.toThrow('503');
  }
});
