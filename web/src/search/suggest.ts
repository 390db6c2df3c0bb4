/** What may follow in the search field: operators, then people, rooms and times for what stands after the colon. */
export interface Suggestion {
  /** What the last piece of the query becomes. */
  readonly piece: string;
  /** Whether something has to follow: an operator alone finds nothing. */
  readonly isWhole: boolean;
  readonly kind: 'operator' | 'person' | 'room' | 'value';
  /** Of a person or a room, as the owner knows it. */
  readonly id: string;
}

/** Somebody or something with a name to be suggested, best first. */
export interface Nameable {
  readonly id: string;
  /** As it is written after the operator. */
  readonly name: string;
  /** What it is found by besides. */
  readonly also: string;
}

export const operators = ['from', 'in', 'to', 'has', 'is', 'before', 'after', 'during'] as const;
export type Operator = (typeof operators)[number];

const values: Readonly<Partial<Record<Operator, readonly string[]>>> = {
  has: ['link', 'code', 'reaction', 'pin', 'file'],
  is: ['thread', 'saved', 'pinned'],
  during: ['today', 'yesterday', 'week', 'month', 'year'],
  before: ['today', 'week', 'month', 'year'],
  after: ['yesterday', 'week', 'month'],
};
const shownMax = 8;

/** The piece that is being written: what stands after the last space outside quotes. */
export function lastPiece(text: string): string {
  return /(?:[^\s"]|"[^"]*"?)*$/.exec(text)?.[0] ?? '';
}

export function suggest(
  text: string,
  known: { people: readonly Nameable[]; rooms: readonly Nameable[] },
): Suggestion[] {
  const piece = lastPiece(text);
  const [, minus = '', operator, rest = ''] = /^(-?)(?:([a-z]+):)?(.*)$/iu.exec(piece) ?? [];
  const name = operators.find((one) => one === operator?.toLowerCase());
  if (name === undefined) return operator === undefined ? operatorsFor(minus, rest) : [];
  const named = name === 'in' ? known.rooms : known.people;
  if (name === 'from' || name === 'to' || name === 'in') {
    return namesFor(`${minus}${name}:`, rest, { kind: name === 'in' ? 'room' : 'person', named });
  }
  const wanted = rest.toLowerCase();
  return (values[name] ?? [])
    .filter((value) => value.startsWith(wanted) && value !== wanted)
    .map((value) => ({ piece: `${minus}${name}:${value}`, isWhole: true, kind: 'value', id: value }));
}

function operatorsFor(minus: string, start: string): Suggestion[] {
  if (start.startsWith('"')) return [];
  return operators
    .filter((one) => one.startsWith(start.toLowerCase()))
    .map((one) => ({ piece: `${minus}${one}:`, isWhole: false, kind: 'operator', id: one }));
}

function namesFor(
  before: string,
  rest: string,
  { kind, named }: { kind: 'person' | 'room'; named: readonly Nameable[] },
): Suggestion[] {
  const wanted = rest.replaceAll(/^[@#"]+|"$/g, '').toLocaleLowerCase();
  const fits = named.filter(
    ({ name, also }) =>
      name.toLocaleLowerCase().includes(wanted) || also.toLocaleLowerCase().includes(wanted),
  );
  const begins = ({ name }: Nameable): number => (name.toLocaleLowerCase().startsWith(wanted) ? 0 : 1);
  const isWritten = fits.length === 1 && fits[0]?.name.toLocaleLowerCase() === wanted;
  if (isWritten) return [];
  return fits
    .sort((a, b) => begins(a) - begins(b))
    .slice(0, shownMax)
    .map(({ id, name }) => ({ piece: `${before}${quoted(name)}`, isWhole: true, kind, id }));
}

export function quoted(name: string): string {
  return /\s/.test(name) ? `"${name}"` : name;
}

/** The query with its last piece replaced, ready for the next one. */
export function accept(text: string, { piece, isWhole }: Suggestion): string {
  return `${text.slice(0, text.length - lastPiece(text).length)}${piece}${isWhole ? ' ' : ''}`;
}

/** What can be looked for while one is still writing: an operator that is not finished would only find mistakes. */
export function withoutUnfinished(text: string): string {
  const piece = lastPiece(text);
  return /^-?[a-z]+:/i.test(piece) ? text.slice(0, text.length - piece.length) : text;
}
