/** Small things this browser remembers by itself: widths, what is folded, where one was. Nothing that must not be lost. */
export interface Memory {
  /** Whatever was written under the name, if it still passes `check`. */
  read<Value>(name: string, check: (value: unknown) => value is Value): Value | null;
  /** Null forgets it. */
  write(name: string, value: unknown): void;
}

const prefix = 'confab.';

export function createMemory(storage: Storage): Memory {
  return {
    read(name, check) {
      try {
        const value: unknown = JSON.parse(storage.getItem(prefix + name) ?? 'null');
        return check(value) ? value : null;
      } catch {
        return null;
      }
    },
    write(name, value) {
      try {
        if (value === null) storage.removeItem(prefix + name);
        else storage.setItem(prefix + name, JSON.stringify(value));
      } catch {
        // A full or forbidden storage remembers nothing; everything works without.
      }
    },
  };
}

export const isText = (value: unknown): value is string => typeof value === 'string';
export const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);
export const isTextList = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);
