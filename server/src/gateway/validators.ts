import { calls, ClientFrame, type CallName } from '@confab/protocol';
import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { Refusal } from '../kit/refusal.ts';

export interface Validators {
  /** @throws Refusal invalid, with the first field that does not fit */
  check(name: CallName, input: unknown): void;
  /** @throws Refusal invalid */
  frame(frame: unknown): ClientFrame;
}

/** Compiles each schema when it is first needed: a start should not wait for calls that nobody makes. */
export function createValidators(): Validators {
  const compiled = new Map<string, Validator>();
  function validator(key: string, schema: TSchema): Validator {
    let found = compiled.get(key);
    if (!found) {
      found = Compile(schema) as Validator;
      compiled.set(key, found);
    }
    return found;
  }
  function check(key: string, schema: TSchema, value: unknown): void {
    const schemaValidator = validator(key, schema);
    if (schemaValidator.Check(value)) return;
    const [first] = schemaValidator.Errors(value);
    throw new Refusal('invalid', {
      path: first?.instancePath ?? '',
      expected: first?.message ?? 'something else',
    });
  }
  return {
    check: (name, input) => check(name, calls[name].input, input),
    frame(frame) {
      check('frame', ClientFrame, frame);
      return frame as ClientFrame;
    },
  };
}
