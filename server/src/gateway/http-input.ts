import type { Call } from '@confab/protocol';
import type { TSchema } from 'typebox';

interface Request {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** Path, query and body as one input; words of the address become what the schema wants. Path wins, then body. */
export function inputOf(call: Call, request: Request): unknown {
  const { body } = request;
  if (body !== undefined && body !== null && (typeof body !== 'object' || Array.isArray(body))) return body;
  const properties = propertiesOf(call.input);
  const words = { ...entries(request.query), ...entries(request.params) };
  const input: Record<string, unknown> = { ...entries(body) };
  for (const [field, word] of Object.entries(words)) {
    Object.defineProperty(input, field, {
      value: convert(word, properties[field]),
      enumerable: true,
      configurable: true,
    });
  }
  return input;
}

function entries(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function propertiesOf(schema: TSchema): Record<string, Record<string, unknown>> {
  return 'properties' in schema ? (schema.properties as Record<string, Record<string, unknown>>) : {};
}

/** A word that cannot be converted stays as it is, for the validator to refuse. */
function convert(word: unknown, schema: Record<string, unknown> | undefined): unknown {
  const type = schema?.['type'];
  if (type === 'array') return Array.isArray(word) ? word : String(word).split(',');
  if (typeof word !== 'string') return word;
  if (type === 'integer' || type === 'number') return /^\d{1,16}$/.test(word) ? Number(word) : word;
  if (type === 'boolean') return word === 'true' ? true : word === 'false' ? false : word;
  return word;
}
