/** What a setting is. */
export interface Setting<Value> {
  /** The environment variable. */
  readonly env: string;
  /** The flag as the command line declares it, such as `--port <number>`; null where a value must not be seen by `ps`. */
  readonly flag: string | null;
  /** What is right, so that it ends the sentence "CONFAB_PORT should be …". */
  readonly expected: string;
  /** Undefined for what is not right. */
  readonly parse: (text: string) => Value | undefined;
  readonly usual: Value;
  /** The default as the documents show it. */
  readonly usually: string;
  readonly meaning: string;
  /** Never shown. */
  readonly secret?: true;
}

export const setting = <Value>(one: Setting<Value>): Setting<Value> => one;
