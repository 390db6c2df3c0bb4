/** One statement with its values. Made only by the `sql` tag, so that no value is ever spliced into text. */
export interface Sql {
  readonly text: string;
  readonly values: readonly unknown[];
}

class Statement implements Sql {
  readonly text: string;
  readonly values: readonly unknown[];
  constructor(text: string, values: readonly unknown[]) {
    this.text = text;
    this.values = values;
  }
}

/** `sql\`select … where id = ${id} and ${sql\`archived_at is null\`}\``: values become $1…, nested statements are woven in. */
export function sql(strings: TemplateStringsArray, ...parts: readonly unknown[]): Sql {
  const values: unknown[] = [];
  let text = strings[0] ?? '';
  for (const [index, part] of parts.entries()) {
    if (part instanceof Statement) {
      const offset = values.length;
      text += part.text.replace(/\$(\d+)/g, (_, number: string) => `$${Number(number) + offset}`);
      values.push(...part.values);
    } else {
      values.push(part);
      text += `$${values.length}`;
    }
    text += strings[index + 1] ?? '';
  }
  return new Statement(text, values);
}

/** No text at all: the other branch of an optional condition. */
export const nothing: Sql = new Statement('', []);
