/** Commands that are written instead of a message. */

export const slashNames = ['away', 'status', 'topic', 'join', 'leave', 'shortcuts'] as const;

export type SlashName = (typeof slashNames)[number];

export type SlashCommand =
  | { readonly name: SlashName; readonly rest: string }
  | { readonly name: 'unknown'; readonly word: string };

/** Null when the text is a message: it does not begin with a slash, or goes on as a path does. */
export function parseSlashCommand(text: string): SlashCommand | null {
  const match = /^\/([a-z]+)(?:\s+([\s\S]*))?$/.exec(text.trimEnd());
  if (!match) return null;
  const [, word = '', rest = ''] = match;
  const known = slashNames.find((name) => name === word);
  return known ? { name: known, rest: rest.trim() } : { name: 'unknown', word };
}

/** `:palm_tree: Away` or `🌴 Away`: an emoji in front is set apart. */
export function parseStatus(rest: string): { emoji: string | null; text: string } {
  const match = /^(:[a-z0-9_+-]+:|\p{Extended_Pictographic}\S*)\s*(.*)$/u.exec(rest);
  return match ? { emoji: match[1] ?? null, text: match[2] ?? '' } : { emoji: null, text: rest };
}
