import { calls, errors, type Call, type ErrorCode } from '@confab/protocol';
import type { TSchema } from 'typebox';

type Json = Record<string, unknown>;

/** OpenAPI 3.1 of all calls, derived from the same schema values that validate them. */
export function openApi(options: { version: string }): Json {
  const paths: Record<string, Json> = {};
  for (const [name, call] of Object.entries(calls) as [string, Call][]) {
    const [method = '', path = ''] = call.http.split(' ');
    const template = `/api/v1${path.replace(/:([A-Za-z]+)/g, '{$1}')}`;
    paths[template] = { ...paths[template], [method.toLowerCase()]: operation(name, call, path) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Confab',
      version: options.version,
      description: 'Everything the page can do, with a personal access token: `Authorization: Bearer cft_…`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Error: errorSchema },
    },
  };
}

const errorSchema = {
  type: 'object',
  required: ['code', 'message', 'data'],
  properties: {
    code: { type: 'string', enum: Object.keys(errors) },
    message: { type: 'string' },
    data: { type: 'object' },
    incidentId: { type: 'string' },
  },
};

function operation(name: string, call: Call, path: string): Json {
  const pathFields = [...path.matchAll(/:([A-Za-z]+)/g)].map((match) => match[1] ?? '');
  const properties = Object.entries(
    'properties' in call.input ? (call.input.properties as Record<string, TSchema>) : {},
  );
  const required = new Set('required' in call.input ? (call.input.required as string[]) : []);
  const inBody = !call.http.startsWith('GET ') && !call.http.startsWith('DELETE ');
  const rest = properties.filter(([field]) => !pathFields.includes(field));
  const parameters = [
    ...properties
      .filter(([field]) => pathFields.includes(field))
      .map(([field, schema]) => parameter(field, schema, 'path', true)),
    ...(inBody ? [] : rest.map(([field, schema]) => parameter(field, schema, 'query', required.has(field)))),
  ];
  return {
    operationId: name,
    summary: call.summary,
    tags: [name.split('.')[0]],
    ...(call.scope === 'none' ? { security: [] } : { 'x-scope': call.scope }),
    parameters,
    ...(inBody && rest.length > 0
      ? {
          requestBody: {
            required: rest.some(([field]) => required.has(field)),
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: Object.fromEntries(rest),
                  required: rest.map(([field]) => field).filter((field) => required.has(field)),
                  additionalProperties: false,
                },
              },
            },
          },
        }
      : {}),
    responses: responses(call),
  };
}

function parameter(name: string, schema: TSchema, place: 'path' | 'query', required: boolean): Json {
  return {
    name,
    in: place,
    required,
    schema,
    ...('type' in schema && schema.type === 'array' ? { explode: false } : {}),
  };
}

function responses(call: Call): Json {
  const content = (schema: unknown): Json => ({ 'application/json': { schema } });
  const byStatus = new Map<number, ErrorCode[]>();
  const possible: ErrorCode[] = [
    'invalid',
    ...(call.scope === 'none' ? [] : (['unauthenticated'] as const)),
    ...call.refusals,
    'too_many',
    'unavailable',
  ];
  for (const code of new Set(possible)) {
    const { status } = errors[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return {
    200: { description: 'Done', content: content(call.output) },
    ...Object.fromEntries(
      [...byStatus].map(([status, codes]) => [
        status,
        {
          description: codes.map((code) => `${code}: ${errors[code].meaning}`).join(' '),
          content: content({ $ref: '#/components/schemas/Error' }),
        },
      ]),
    ),
  };
}
