/** Cuts batches of messages into pieces small enough for one notification, and puts them together again. */

export type Message = readonly [topic: string, message: string];

/** A notification holds less than 8,000 bytes. */
const pieceCharsMax = 7_800;
/** A peer that is cut off leaves an unfinished parcel behind; more peers than this no cluster has. */
const sendersMax = 256;

/** @returns ASCII texts of less than 8,000 bytes each, in the order they are to be sent. */
export function packParcel(sender: string, number: number, messages: readonly Message[]): string[] {
  // Any place is good for cutting once every character is one byte.
  const text = JSON.stringify(messages).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const count = Math.ceil(text.length / pieceCharsMax);
  return Array.from({ length: count }, (_, index) => {
    const piece = text.slice(index * pieceCharsMax, (index + 1) * pieceCharsMax);
    return `${sender} ${number} ${index} ${count} ${piece}`;
  });
}

/** Hands out the messages of a parcel when its last piece has come; a parcel with a piece missing is lost. */
export function createUnpacker(): (piece: string) => { sender: string; messages: readonly Message[] } | null {
  const unfinished = new Map<string, { number: string; pieces: string[] }>();
  return (piece) => {
    const [, sender = '', number = '', index = '', count = '', text = ''] =
      /^(\S+) (\d+) (\d+) (\d+) (.*)$/s.exec(piece) ?? [];
    const before = unfinished.get(sender);
    const parcel = before?.number === number ? before : { number, pieces: [] };
    unfinished.delete(sender);
    if (parcel.pieces.length !== Number(index) || text === '') return null;
    parcel.pieces.push(text);
    if (parcel.pieces.length === Number(count)) {
      return { sender, messages: JSON.parse(parcel.pieces.join('')) as Message[] };
    }
    unfinished.set(sender, parcel);
    for (const oldest of unfinished.keys()) {
      if (unfinished.size <= sendersMax) break;
      unfinished.delete(oldest);
    }
    return null;
  };
}
