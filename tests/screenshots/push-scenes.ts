import { sql } from '@confab/server/kit/sql';
import type { Page } from 'playwright-core';
import { createPushBrowser } from '../support/push-browser.ts';
import type { Workplace } from '../browser/workplace.ts';
import type { Scene } from './scene.ts';

const panel = '.panel:has([role=switch]):has(.rows, .rows__note)';
const browser = createPushBrowser('https://push.example.org/send/here');

/** Runs in the page: a browser whose push service has said yes. As text, since what runs this file rewrites functions. */
const subscribed = `
  const made = { toJSON: () => (${JSON.stringify(browser)}), unsubscribe: () => Promise.resolve(true) };
  PushManager.prototype.getSubscription = () => Promise.resolve(made);
`;

async function notices(page: Page): Promise<void> {
  await page.goto('/settings/notifications');
  await page.locator('.panel__buttons').first().waitFor();
  await page.locator(panel).last().scrollIntoViewIfNeeded();
}

/** Of what was sent to each of them, the newest: to the second it did not come. */
async function addDevices({ database }: Workplace): Promise<void> {
  await database.rows(sql`
    with token as (
      insert into tokens (id, user_id, name, scopes, secret_hash, created_at)
      select nextval('ids'), id, 'phone', '{read,write}', '\\x01', now() from users where handle = 'ada' returning id, user_id
    ), device as (
      insert into push_subscriptions (id, user_id, session_id, token_id, name, endpoint, public_key, secret, hides_content,
        created_at)
      select nextval('ids'), t.user_id, null, t.id, d.name, 'https://push.example.org/' || d.name, '', '', false, now()
      from token t, (values ('Confab for Android'), ('A small app with a name of sixty characters and a bit more of')) as d(name)
      returning id, user_id, name
    )
    insert into notifications (id, user_id, subscription_id, occasion, kind, at, outcome, reason, ended_at)
    select nextval('ids'), user_id, id, 'message:1', 'mention', now(),
      case when name like 'Confab%' then 'sent' else 'failed' end, null, now() from device`);
}

/** Who is notified while no page is open. */
export const push: Scene = {
  name: 'push',
  world: 'bare',
  surroundings: () => Promise.resolve({ pushMode: 'on' as const }),
  async prepare(place) {
    await (await place.person('Ada')).page.context().close();
    await addDevices(place);
  },
  async open(place, { initScript, ...options }) {
    const language = typeof initScript === 'object' ? initScript.content : '';
    const content = `${language};${subscribed}`;
    const person = await place.person('Ada', {
      ...options,
      serviceWorkers: 'allow',
      permissions: ['notifications'],
      initScript: { content },
    });
    await person.page.evaluate(async () => void (await navigator.serviceWorker.ready));
    const { endpoint, keys } = browser;
    await person.call('push.subscribe', { endpoint, keys });
    return person.page;
  },
  shots: [{ name: 'devices', go: notices }],
};
