/** How calls and events are declared: one value from which type, validator, OpenAPI and reference derive. */
import type { Static, TSchema } from 'typebox';
import type { ErrorCode } from './errors.ts';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a token may be allowed; sessions have all. */
export type Scope = 'read' | 'write' | 'admin';

export interface Call<
  Input extends TSchema = TSchema,
  Output extends TSchema = TSchema,
  Needs extends Scope | 'none' = Scope | 'none',
> {
  /** A command writes and answers with the position it produced; a query reads. */
  readonly kind: 'command' | 'query';
  readonly summary: string;
  /** `POST /rooms/:roomId/messages`, below /api/v1; path parameters are fields of the input. */
  readonly http: `${HttpMethod} /${string}`;
  /** `none`: no sign-in needed. */
  readonly scope: Needs;
  /** False where it only makes sense over HTTP (cookies are set). */
  readonly overSocket: boolean;
  readonly input: Input;
  readonly output: Output;
  readonly refusals: readonly ErrorCode[];
}

type Declaration<Input extends TSchema, Output extends TSchema, Needs extends Scope | 'none'> = Omit<
  Call<Input, Output, Needs>,
  'kind' | 'overSocket' | 'refusals'
> & { readonly overSocket?: boolean; readonly refusals?: readonly ErrorCode[] };

export function command<Input extends TSchema, Output extends TSchema, const Needs extends Scope | 'none'>(
  call: Declaration<Input, Output, Needs>,
): Call<Input, Output, Needs> {
  return { kind: 'command', overSocket: true, refusals: [], ...call };
}

export function query<Input extends TSchema, Output extends TSchema, const Needs extends Scope | 'none'>(
  call: Declaration<Input, Output, Needs>,
): Call<Input, Output, Needs> {
  return { kind: 'query', overSocket: true, refusals: [], ...call };
}

export type InputOf<C extends Call> = Static<C['input']>;
export type OutputOf<C extends Call> = Static<C['output']>;
