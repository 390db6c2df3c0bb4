/** Commands that are written instead of a message. */

export const slashCommands = [
  { name: 'away', takes: '', does: 'Show yourself as away, or back' },
  { name: 'status', takes: ':emoji: text', does: 'Set your status; alone it clears it' },
  { name: 'topic', takes: 'text', does: 'Set the topic of this room' },
  { name: 'join', takes: '#room', does: 'Join a public room' },
  { name: 'leave', takes: '', does: 'Leave this room' },
  { name: 'shortcuts', takes: '', does: 'Show the keyboard shortcuts' },
] as const;

export type SlashName = (typeof slashCommands)[number]['name'];

export type SlashCommand =
  | { readonly name: SlashName; readonly rest: string }
  | { readonly name: 'unknown'; readonly word: string };

/** Null when the text is a message: it does not begin with a slash, or goes on as a path does. */
export function parseSlashCommand(text: string): SlashCommand | null {
  const match = /^\/([a-z]+)(?:\s+([\s\S]*))?$/.exec(text.trimEnd());
  if (!match) return null;
  const [, word = '', rest = ''] = match;
  const known = slashCommands.find(({ name }) => name === word);
  return known ? { name: known.name, rest: rest.trim() } : { name: 'unknown', word };
}

/** `:palm_tree: Away` or `🌴 Away`: an emoji in front is set apart. */
export function parseStatus(rest: string): { emoji: string | null; text: string } {
  const match = /^(:[a-z0-9_+-]+:|\p{Extended_Pictographic}\S*)\s*(.*)$/u.exec(rest);
  return match ? { emoji: match[1] ?? null, text: match[2] ?? '' } : { emoji: null, text: rest };
}
