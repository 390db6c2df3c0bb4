import type { CallName, Input, Output, PublicCallName } from '@confab/protocol';
import type { Caller, Visitor } from './caller.ts';

/** What answers a call. Throws a Refusal when the rules say no. */
export type Handler<Name extends CallName> = (
  caller: Name extends PublicCallName ? Visitor : Caller,
  input: Input<Name>,
) => Promise<Output<Name>>;

/** Each domain answers some calls; together they answer all, or app.ts does not compile. */
export type Handlers<Names extends CallName = CallName> = { readonly [Name in Names]: Handler<Name> };
