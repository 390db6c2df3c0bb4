/**
 * All wiring, top-down: platform → delivery → domains → gateway. Reading it is reading the architecture.
 * `createNode` is a whole node without its doors, so that the simulation runs many in one process; `createApp` adds
 * HTTP and sockets.
 */
import type { AddressInfo } from 'node:net';
import { limits } from '@confab/protocol';
import { createAccounts } from './accounts/index.ts';
import { watchForCutOff } from './cluster/index.ts';
import { createDelivery, findReaderLags } from './delivery/index.ts';
import { createDrafts } from './drafts/index.ts';
import { createFiles, type FileBytes } from './files/index.ts';
import { createConnections, type Connections } from './gateway/connections.ts';
import { createDispatch, type Dispatch } from './gateway/dispatch.ts';
import { createHttpDoor } from './gateway/http.ts';
import { createMetrics, type Metrics } from './gateway/metrics.ts';
import { servePage } from './gateway/page.ts';
import { createRateLimits, type RateLimits } from './gateway/rate-limits.ts';
import { watchForStandstill } from './gateway/standstill.ts';
import { createValidators } from './gateway/validators.ts';
import { serveSockets } from './gateway/websocket.ts';
import type { Identify } from './gateway/authentication.ts';
import { createHealth, type Examine } from './health/index.ts';
import type { Handlers } from './kit/handlers.ts';
import { sql } from './kit/sql.ts';
import { createPost } from './mail/index.ts';
import { createMessages } from './messages/index.ts';
import { createNotifications, type PushMode } from './notifications/index.ts';
import { openMailDoor } from './open-mail-door.ts';
import type { Bus } from './platform/bus/index.ts';
import type { Clock } from './platform/clock/index.ts';
import { inTime } from './platform/in-time.ts';
import type { Images } from './platform/images/index.ts';
import type { Log } from './platform/log/index.ts';
import type { Mail } from './platform/mail/index.ts';
import type { DoorKeeper, MailDoor } from './platform/mail-door/index.ts';
import type { Objects } from './platform/objects/index.ts';
import type { Outbound } from './platform/outbound/index.ts';
import { patiently } from './platform/patience.ts';
import type { Passwords } from './platform/passwords/index.ts';
import type { Database } from './platform/postgres/index.ts';
import { createWebPush } from './platform/push/index.ts';
import type { Random } from './platform/random/index.ts';
import type { Scanner } from './platform/scanner/index.ts';
import { plainWriter, type SocketWriter } from './platform/socket-writer/index.ts';
import type { Tools } from './platform/tools/index.ts';
import type { Vitals } from './platform/vitals/index.ts';
import { createPresence } from './presence/index.ts';
import { createPreviews, type PreviewPictures } from './previews/index.ts';
import { createReactions } from './reactions/index.ts';
import { createReminders } from './reminders/index.ts';
import { createReplies } from './replies/index.ts';
import { createRooms } from './rooms/index.ts';
import { createScheduled } from './scheduled/index.ts';
import { createSearch } from './search/index.ts';
import { createSections } from './sections/index.ts';
import { createSessions } from './sessions/index.ts';
import { createSync } from './sync/index.ts';
import { createThreads } from './threads/index.ts';
import { createUnreads } from './unreads/index.ts';
import { createUsers, findImage } from './users/index.ts';
import { createWorkspace } from './workspace/index.ts';

/** The outside world. */
export interface Platform {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly database: Database;
  readonly bus: Bus;
  readonly passwords: Passwords;
  readonly images: Images;
  readonly objects: Objects;
  readonly vitals: Vitals;
  readonly outbound: Outbound;
  /** Left out: videos and documents have no picture. */
  readonly tools?: Tools;
  /** Left out: files are served without being looked through. */
  readonly scanner?: Scanner;
  /** Left out: sockets are written by Node's own means. */
  readonly socketWriter?: SocketWriter;
  /** Left out: the node sends none. */
  readonly mail?: Mail;
  /** What an administrator may ask the node to look at. */
  readonly examine?: Examine;
}

export interface NodeSettings {
  readonly version: string;
  readonly nodeName: string;
  /** Where people reach the program; null: wherever they found it. */
  readonly publicUrl: string | null;
  readonly eventRetentionDays: number;
  readonly callsPerMinute: number;
  readonly sendsPerMinute: number;
  readonly fileMegabytesMax: number;
  /** Files of one person together; 0: as much as they like. */
  readonly fileMegabytesPerPerson: number;
  /** Whether links in messages get cards, for which their pages are asked. */
  readonly previews: boolean;
  readonly pushMode: PushMode;
  /** Mail of what people missed, where there is a mail server. */
  readonly mailSummaries: PushMode;
  /** Of which addresses are made at which that mail can be answered; null: it cannot. */
  readonly replyAddress: string | null;
}

export interface Node {
  readonly handlers: Handlers;
  readonly dispatch: Dispatch;
  readonly files: FileBytes;
  readonly previewPictures: PreviewPictures;
  /** Keeps the door for answers by mail; null: there is none. */
  readonly replies: DoorKeeper | null;
  readonly connections: Connections;
  readonly identify: Identify;
  readonly rateLimits: RateLimits;
  readonly metrics: Metrics;
  /** No new work from now on; resolves when what was begun is answered and every connection has been sent away. */
  drain(options: { spreadMs: number }): Promise<void>;
  close(): Promise<void>;
}

/** @param parts swapped by the simulation for broken ones, to see that it finds them. */
export async function createNode(
  platform: Platform,
  settings: NodeSettings,
  parts: { createConnections: typeof createConnections } = { createConnections },
): Promise<Node> {
  const { clock, random, log, database, bus } = platform;
  const nodeId = random.id();

  const delivery = await createDelivery({ database, bus, clock, logbook: log, nodeId });
  // People come first: what follows the streams behind the scenes can do so when nobody waits.
  const givesWay = (): boolean => messages.lane.unanswered > 0;
  const base = { ...platform, log: delivery.log, logbook: log, givesWay };

  const sendsMail = platform.mail !== undefined;
  const users = createUsers(base);
  const rooms = createRooms(base);
  const sessions = createSessions({ ...base, publicUrl: settings.publicUrl, sendsMail });
  const accounts = createAccounts(base);
  const workspace = createWorkspace({ ...base, version: settings.version, sendsMail });
  const messages = createMessages({
    ...base,
    committed: delivery.committed,
    waited: (ms) => health.sent(ms),
  });
  const files = createFiles({ ...base, ...settings });
  const reactions = createReactions(base);
  const threads = createThreads(base);
  const unreads = createUnreads(base);
  const drafts = createDrafts(base);
  const scheduled = createScheduled({ ...base, send: messages.send });
  const reminders = createReminders(base);
  const sections = createSections(base);
  const search = createSearch(base);
  const previews = createPreviews({ ...base, ...settings });
  const presence = createPresence({ ...base, nodeId, onEvent: delivery.onEvent });
  const notifications = createNotifications({
    ...base,
    ...settings,
    push: createWebPush(platform.outbound),
    summaryMode: sendsMail ? settings.mailSummaries : 'off',
    presences: presence.of,
  });
  const post = createPost({
    ...base,
    mail: platform.mail ?? null,
    writers: { ...sessions.writers, ...notifications.writers },
  });
  const { replyAddress } = settings;
  const replies =
    replyAddress === null
      ? null
      : createReplies({
          ...base,
          replyAddress,
          send: messages.send,
          admit: (userId) => rateLimits.take('message.send', userId),
        });
  const health = createHealth({
    ...base,
    ...settings,
    connections: () => connections.count,
    sendsWaiting: () => messages.lane.waiting,
    chores: () => chores,
  });
  const sync = createSync({ ...base, feeds: delivery.feeds });

  const handlers: Handlers = {
    ...workspace.handlers,
    ...health.handlers,
    ...accounts.handlers,
    ...sessions.handlers,
    ...users.handlers,
    ...rooms.handlers,
    ...messages.handlers,
    ...files.handlers,
    ...reactions.handlers,
    ...threads.handlers,
    ...unreads.handlers,
    ...drafts.handlers,
    ...scheduled.handlers,
    ...reminders.handlers,
    ...sections.handlers,
    ...search.handlers,
    ...previews.handlers,
    ...notifications.handlers,
    ...presence.handlers,
    ...sync.handlers,
  };

  const validators = createValidators();
  const rateLimits = createRateLimits({ clock, bus, nodeId, ...settings });
  const standstill = watchForStandstill(platform);
  const metrics = createMetrics({
    connections: () => connections.count,
    feeds: () => delivery.feeds.counts,
    sendsWaiting: () => messages.lane.waiting,
    readersBehind: () => findReaderLags(database, clock.now()),
  });
  const dispatch = createDispatch({
    handlers,
    validators,
    limits: rateLimits,
    standstill,
    clock,
    random,
    log,
    measure(...call) {
      metrics.call(...call);
      health.called();
    },
  });
  const connections: Connections = parts.createConnections({
    ...platform,
    feeds: delivery.feeds,
    badges: delivery.badges,
    epoch: delivery.log.epoch,
    ...settings,
    validators,
    dispatch,
    identify: sessions.identify,
    presence,
    readFollows: sync.readFollows,
    readWatches: sync.readWatches,
  });
  presence.onTyping(connections.signalTyping);
  const chores = [
    ...delivery.chores({ retentionDays: settings.eventRetentionDays }),
    ...sessions.chores,
    ...post.chores,
    ...workspace.chores,
    ...files.chores,
    ...scheduled.chores,
    ...reminders.chores,
    ...search.chores,
    ...previews.chores,
    ...notifications.chores,
  ];
  delivery.onCommit(workspace.committed);
  delivery.onCommit(search.committed);
  delivery.onCommit(previews.committed);
  delivery.onCommit(notifications.committed);

  return {
    handlers,
    dispatch,
    files: files.bytes,
    previewPictures: previews.pictures,
    replies,
    connections,
    identify: sessions.identify,
    rateLimits,
    metrics,
    async drain(options) {
      await connections.drain(options);
      dispatch.drain();
      await dispatch.idle();
      await messages.lane.idle();
    },
    async close() {
      connections.close();
      presence.close();
      rateLimits.close();
      standstill.close();
      health.close();
      delivery.close();
      await Promise.all(chores.map((chore) => chore.close()));
    },
  };
}

export interface AppSettings extends NodeSettings {
  readonly trustedProxies: readonly string[];
  /** The built page; null serves the API only. */
  readonly pageFolder: string | null;
  /** Where answers by mail are handed over. */
  readonly repliesAt: { readonly host: string; readonly port: number };
}

export interface App {
  readonly node: Node;
  /** @returns the port, chosen by the system when 0 was given. Throws Node's own error, such as EADDRINUSE. */
  listen(address: { host: string; port: number }): Promise<number>;
  /** Takes nobody in any more, sends everyone away, finishes what was begun, closes. */
  drain(options: { spreadMs: number }): Promise<void>;
  /** At once. */
  close(): Promise<void>;
}

/** Whoever comes while the database changes its primary waits here, and would wait on any other node. */
const readyWithoutAnswerMs = 3_000;

export async function createApp(platform: Platform, settings: AppSettings): Promise<App> {
  const { database } = platform;
  const node = await createNode(platform, settings);
  let draining = false;
  let answeredAt = -Infinity;
  const watch = watchForCutOff({
    ...platform,
    nodeId: platform.random.id(),
    cutOff() {
      platform.log.warn('this node alone has lost the database: its people are sent to the others');
      node.connections.sendAway({ spreadMs: 2_000 });
    },
  });
  const door = await createHttpDoor({
    ...settings,
    dispatch: node.dispatch,
    identify: (credentials) =>
      patiently({ clock: platform.clock, ms: limits.writePatienceMs }, () => node.identify(credentials)),
    limits: node.rateLimits,
    metrics: node.metrics,
    files: node.files,
    previewPictures: node.previewPictures,
    findPicture: (hash) => findImage(database, hash),
    isCutOff: () => watch.isCutOff,
    async ready() {
      if (draining) throw new Error('this node is draining');
      const answer = database.rows(sql`select 1 as alive`);
      // A balancer that gets no answer takes the node for dead, and cuts everybody off: deploy/haproxy waits for 1.5 s.
      const { clock } = platform;
      try {
        await inTime(answer, { clock, ms: 700, words: 'the database does not answer' });
        answeredAt = clock.now();
      } catch (error) {
        const silentMs = clock.now() - answeredAt;
        if (silentMs < 0 || silentMs > readyWithoutAnswerMs) throw error;
      }
    },
  });
  await servePage(door.fastify, settings.pageFolder);
  const sockets = serveSockets(door.fastify.server, {
    clock: platform.clock,
    writer: platform.socketWriter ?? plainWriter,
    // A balancer asks another node then.
    admit: (request) => (draining ? { status: 503, words: 'Service Unavailable' } : door.admit(request)),
    open: node.connections.open,
  });

  let mailDoor: MailDoor | null = null;

  async function close(): Promise<void> {
    await mailDoor?.close();
    watch.close();
    await node.close();
    await sockets.close();
    door.fastify.server.closeAllConnections();
    await door.fastify.close();
  }

  return {
    node,
    async listen({ host, port }) {
      await door.fastify.listen({ host, port });
      mailDoor = await openMailDoor({ ...node, ...settings, logbook: platform.log });
      return (door.fastify.server.address() as AddressInfo).port;
    },
    async drain(options) {
      draining = true;
      await mailDoor?.close();
      mailDoor = null;
      await node.drain(options);
      await close();
    },
    close,
  };
}
