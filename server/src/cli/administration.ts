import type { Account, CallName, Input, Output, Role, Room, Token } from '@confab/protocol';
import type { Node } from '../app.ts';
import type { Caller, Visitor } from '../kit/caller.ts';
import { Problem } from '../platform/problem.ts';
import type { Random } from '../platform/random/index.ts';
import { refusalSentence } from './refusal-sentence.ts';

/** What an operator does without signing in. Whoever may read the database may do it; each throws a Problem. */
export interface Administration {
  /** The first one names the workspace and becomes its owner. Exactly one of link and password is there. */
  addUser(
    person: NewPerson,
  ): Promise<{ account: Account; resetToken: string | null; password: string | null }>;
  listUsers(): Promise<Account[]>;
  /** @param who handle, address or id; so in all that follow. */
  resetPassword(who: string): Promise<{ account: Account; resetToken: string }>;
  deactivateUser(who: string): Promise<Account>;
  addToken(who: string, token: Input<'token.create'>): Promise<Output<'token.create'>>;
  listTokens(who: string): Promise<Token[]>;
  revokeToken(who: string, tokenId: string): Promise<void>;
  listRooms(): Promise<Room[]>;
  listNodes(): Promise<Output<'workspace.health'>['nodes']>;
}

export interface NewPerson {
  email: string;
  name: string;
  handle: string | null;
  role: Role;
  /** Only the first one names it. */
  workspaceName: string | null;
}

const visitor: Visitor = {
  address: '127.0.0.1',
  userAgent: 'confab command line',
  startSession() {},
  endSession() {},
};

function callerFor(userId: string, role: Role): Caller {
  const scopes = ['read', 'write', 'admin'] as const;
  return { ...visitor, userId, role, scopes, sessionId: null, tokenId: null, connectionId: null };
}

/** Acts through the same calls as everybody, in the name of an owner. */
export function createAdministration(node: Pick<Node, 'dispatch'>, random: Random): Administration {
  async function call<Name extends CallName>(
    by: Visitor | Caller,
    name: Name,
    input: Input<Name>,
  ): Promise<Output<Name>> {
    const reply = await node.dispatch.call(name, input, by, 'http');
    if (!reply.ok) throw new Problem(refusalSentence(reply.error));
    return reply.output as Output<Name>;
  }

  async function* accounts(search?: string): AsyncGenerator<Account> {
    // Looking needs no one in particular.
    const by = callerFor('0', 'owner');
    let cursor: string | null = null;
    do {
      const more: Output<'user.listAccounts'> = await call(by, 'user.listAccounts', {
        ...(search === undefined ? {} : { search }),
        ...(cursor === null ? {} : { cursor }),
      });
      yield* more.accounts;
      cursor = more.next;
    } while (cursor !== null);
  }

  async function owner(): Promise<Caller> {
    for await (const { user } of accounts()) {
      if (user.role === 'owner' && !user.deactivated) return callerFor(user.id, 'owner');
    }
    throw new Problem('Nobody is here yet: add the first person with "confab user add".');
  }

  async function find(who: string): Promise<Account> {
    const wanted = who.replace(/^@/, '').toLowerCase();
    for await (const account of accounts()) {
      const { user, email } = account;
      if ([user.id, user.handle.toLowerCase(), email.toLowerCase()].includes(wanted)) return account;
    }
    throw new Problem(`Nobody here is called ${who}: "confab user list" shows who there is.`);
  }

  async function asThemselves(who: string): Promise<Caller> {
    const { user } = await find(who);
    return callerFor(user.id, user.role);
  }

  async function setUp(person: NewPerson): Promise<{ account: Account; resetToken: null; password: string }> {
    const { email, name, handle, workspaceName } = person;
    const password = random.secret(12);
    await call(visitor, 'workspace.setUp', {
      workspaceName: workspaceName ?? 'Confab',
      name,
      email,
      password,
      ...(handle === null ? {} : { handle }),
    });
    return { account: await find(email), resetToken: null, password };
  }

  return {
    async addUser(person) {
      const { email, name, handle, role } = person;
      const { setUp: isSetUp } = await call(visitor, 'workspace.about', {});
      if (!isSetUp) return setUp(person);
      const made = await call(await owner(), 'user.create', {
        email,
        name,
        role,
        ...(handle === null ? {} : { handle }),
      });
      return { account: await find(made.user.id), resetToken: made.resetToken, password: null };
    },
    async listUsers() {
      const all: Account[] = [];
      for await (const account of accounts()) all.push(account);
      return all;
    },
    async resetPassword(who) {
      const account = await find(who);
      const { resetToken } = await call(await owner(), 'user.resetPassword', { userId: account.user.id });
      return { account, resetToken };
    },
    async deactivateUser(who) {
      const account = await find(who);
      await call(await owner(), 'user.deactivate', { userId: account.user.id });
      return account;
    },
    addToken: async (who, token) => call(await asThemselves(who), 'token.create', token),
    listTokens: async (who) => (await call(await asThemselves(who), 'token.list', {})).tokens,
    async revokeToken(who, tokenId) {
      await call(await asThemselves(who), 'token.revoke', { tokenId });
    },
    // Looking needs no one in particular.
    listNodes: async () => (await call(callerFor('0', 'owner'), 'workspace.health', {})).nodes,
    async listRooms() {
      const by = await owner();
      const all: Room[] = [];
      let cursor: string | null = null;
      do {
        const more: Output<'room.listAll'> = await call(
          by,
          'room.listAll',
          cursor === null ? {} : { cursor },
        );
        all.push(...more.rooms);
        cursor = more.next;
      } while (cursor !== null);
      return all;
    },
  };
}
