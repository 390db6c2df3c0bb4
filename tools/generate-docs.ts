/**
 * Writes docs/protocol.md and docs/errors.md from the protocol's schema values, docs/configuration.md from the table of
 * settings, and docs/operating/doctor.md from the doctor's checks. `npm run docs` writes, tests compare.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { calls, errors, events, limits, type Call } from '@confab/protocol';
import { configurationDocument } from '@confab/server/config-document';
import { areas, doctorDocument, requirements } from '@confab/server/doctor/index';
import type { TSchema } from 'typebox';

const docs = join(import.meta.dirname, '../docs');

export function errorsDocument(): string {
  const rows = Object.entries(errors).map(
    ([code, entry]) =>
      `| \`${code}\` | ${entry.status} | ${entry.retryable ? 'yes' : 'no'} | ${entry.text} | ${entry.meaning} |`,
  );
  return `# Errors

Generated from \`protocol/src/errors.ts\` by \`npm run docs\`.

Every door answers a refusal with one envelope: \`{ "code", "message", "data", "incidentId" }\`. \`message\` is the text below
and safe to show; \`data\` is small and says which field or limit; \`incidentId\` comes with \`internal\` and finds the story in the
log. Retryable means that the same request can succeed later without any change; what carries a \`clientId\` can always be
repeated safely.

| code | HTTP status | retryable | text | meaning |
|---|---|---|---|---|
${rows.join('\n')}
`;
}

export function protocolDocument(): string {
  return `# Protocol

Generated from \`protocol/src\` by \`npm run docs\`. The same calls stand at \`/api/v1\` (a page that the program serves) and in
\`/api/v1/openapi.json\`.

${introduction}
## Calls

${Object.entries(calls)
  .map(([name, call]) => callSection(name, call as Call))
  .join('\n')}
## Events

${Object.entries(events)
  .map(([kind, table]) => `### In ${streamWords[kind as keyof typeof events]}\n\n${eventRows(table)}\n`)
  .join('\n')}
## Limits

| limit | value |
|---|---|
${Object.entries(limits)
  .map(([name, value]) => `| ${name} | ${value.toLocaleString('en')} |`)
  .join('\n')}
`;
}

const streamWords = {
  workspace: "the workspace's stream (`workspace`)",
  user: "a person's own stream (`user:ID`)",
  room: "a room's stream (`room:ID`)",
};

const introduction = `## Streams and positions

Everything durable that happens is an event with a number in a stream: of a room, of a person, of the workspace. Numbers of one
stream have no holes, and number order is commit order. A position is \`{stream, epoch, seq}\`; the epoch changes when the
database was restored to an earlier state, and positions of different epochs cannot be compared. Whoever has seen number n
asks for what follows n, whether a second or a night has passed.

Ids are opaque strings. Times are milliseconds since 1970 UTC. Whatever creates something may carry a \`clientId\` made by the
caller: repeating it returns the first result, for ever.

## HTTP

Each call has a method and a path below \`/api/v1\`. Input is path, query and JSON body together; the parts of the path are
fields of the input. Send \`Authorization: Bearer cft_…\` (a personal access token). Lists are pages: pass \`next\` as \`cursor\`.
Answers carry \`RateLimit-Limit\`, \`RateLimit-Remaining\` and \`RateLimit-Reset\`.

## Socket

\`/api/v1/socket\` speaks JSON text frames, one object each with its kind in \`t\`. The first is
\`{"t":"hello","level":1,"client":"my-bot/1","token":"cft_…"}\` (browsers leave the token out and send their cookie); the answer
is \`welcome\`. Then, in any order:

| client sends | server answers |
|---|---|
| \`{"t":"call","ref":1,"name":"message.send","input":{…}}\` | \`{"t":"reply","ref":1,"output":{…}}\` or \`{"t":"refused","ref":1,"error":{…}}\` |
| \`{"t":"follow","follow":{"epoch","workspace","user","since"}}\` | missed \`event\`s of the workspace's and the own stream, one \`badges\` frame with \`full: true\`, then both live |
| \`{"t":"watch","watch":{"roomId","epoch","after"}}\` | missed \`event\`s of the room, \`{"t":"watching","roomId","head"}\`, then the room live; or \`unwatched\` |
| \`{"t":"unwatch","roomId"}\` | nothing |
| \`{"t":"presence","userIds":[…]}\` | \`signal\` frames named \`presence\`; replaces the previous list |
| \`{"t":"ping"}\` every ${limits.heartbeatMs / 1000} seconds | \`{"t":"pong","at"}\` |

An event is \`{"t":"event","stream","epoch","seq","at","name","data"}\`. Events of a stream arrive in the order of their numbers; a
client that sees n+2 after n asks again from n. \`{"t":"resync","stream","head"}\` stands for events that are too many or too old:
take \`sync.snapshot\` (workspace, own stream) or a page of \`room.history\` and go on from its position. Rooms that are not watched
come as \`badges\`, at most one frame a second: where the room stands, not what was said. Signals (typing, presence) are never
stored. \`goodbye\` says why the connection ends and when to come back.
`;

function callSection(name: string, call: Call): string {
  const refusals =
    call.refusals.length > 0 ? ` May refuse: ${call.refusals.map((code) => `\`${code}\``).join(', ')}.` : '';
  return `### \`${name}\`

${call.summary}. ${call.kind === 'command' ? 'Command' : 'Query'}, scope \`${call.scope}\`, \`${call.http.replace(' /', ' /api/v1/')}\`${call.overSocket ? '' : ', HTTP only'}.${refusals}

- input: ${shape(call.input)}
- output: ${shape(call.output)}
`;
}

function eventRows(table: Record<string, TSchema>): string {
  const rows = Object.entries(table).map(
    ([name, schema]) => `| \`${name}\` | ${shape(schema).replaceAll('|', '\\|')} |`,
  );
  return `| event | data |\n|---|---|\n${rows.join('\n')}`;
}

/** A schema in a line, in the manner of a type. */
function shape(schema: TSchema): string {
  return `\`${typeText(schema, 0)}\``;
}

function typeText(schema: TSchema, depth: number): string {
  const node = schema as unknown as {
    type?: string;
    const?: unknown;
    enum?: unknown[];
    anyOf?: TSchema[];
    items?: TSchema;
    properties?: Record<string, TSchema>;
    required?: string[];
    patternProperties?: Record<string, TSchema>;
  };
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum) return node.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (node.anyOf) return node.anyOf.map((part) => typeText(part, depth)).join(' | ');
  if (node.type === 'array' && node.items) return `[${typeText(node.items, depth)}]`;
  if (node.patternProperties)
    return `{…: ${Object.values(node.patternProperties)
      .map((part) => typeText(part, depth + 1))
      .join(' | ')}}`;
  if (node.type === 'object' && node.properties) {
    if (depth > 2) return '{…}';
    const required = new Set(node.required);
    const fields = Object.entries(node.properties).map(
      ([field, part]) => `${field}${required.has(field) ? '' : '?'}: ${typeText(part, depth + 1)}`,
    );
    return `{${fields.join(', ')}}`;
  }
  return node.type ?? 'anything';
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(join(docs, 'configuration.md'), configurationDocument());
  writeFileSync(join(docs, 'errors.md'), errorsDocument());
  writeFileSync(join(docs, 'protocol.md'), protocolDocument());
  writeFileSync(join(docs, 'operating/doctor.md'), doctorDocument(areas, requirements));
}
