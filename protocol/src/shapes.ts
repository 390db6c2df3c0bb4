/** Small schema values that many domains share. */
import Type, { type TSchema } from 'typebox';
import { limits } from './limits.ts';

/** Ids are opaque: decimal digits made by the server, few enough for a bigint. */
export const Id = Type.String({ pattern: '^[1-9][0-9]{0,17}$', description: 'An opaque id' });

/** Made by whoever creates something; repeating it returns the first result, for ever. */
export const ClientId = Type.String({
  pattern: '^[A-Za-z0-9_-]{8,64}$',
  description: 'Made by the client, unique per author; a retry with the same value returns the first result',
});

/** Milliseconds since 1970 UTC. */
export const Time = Type.Integer({
  minimum: 0,
  maximum: 8_640_000_000_000_000,
  description: 'Milliseconds since 1970-01-01 UTC',
});

export const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** `workspace`, `user:12` or `room:34`. */
export const StreamName = Type.String({
  pattern: '^(workspace|user:[1-9][0-9]{0,17}|room:[1-9][0-9]{0,17})$',
});

export const Position = Type.Object(
  { stream: StreamName, epoch: Count, seq: Count },
  { description: 'A place in a stream. Positions of different epochs cannot be compared' },
);

export const Cursor = Type.String({ maxLength: 512, description: 'Taken from the previous page' });
export const PageSize = Type.Integer({ minimum: 1, maximum: limits.pageMax });

export const strict = { additionalProperties: false } as const;

export function nullable<S extends TSchema>(schema: S) {
  return Type.Union([schema, Type.Null()]);
}

export const Nothing = Type.Object({}, strict);

/** Reply of a command that changes one stream. */
export const Done = Type.Object({ position: Position });
