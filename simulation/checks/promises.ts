/** What the product promises, in the words in which a broken promise is reported. */
export const promises = {
  place: 'Who is behind reads on from their place, also after the database was away.',
  order: 'No connection sees a gap, a repetition or another order.',
  own: 'Nobody receives what is somebody else’s.',
  access: 'Nobody receives an event of a room that they may not read.',
  same: 'Everybody sees the same events, and only committed ones.',
  kept: 'Acknowledged means kept.',
  once: 'A message is there once, however often it was sent.',
  lanes: 'What one client sends to one room keeps its order.',
  unlost: 'What was sent is not lost.',
  numbers: 'The numbers of a stream are its order, without holes.',
  rows: 'Rows say what the events before them say.',
  bounded: 'A slow reader never makes memory grow.',
  rest: 'After healing every client holds what a fresh one would.',
  entry: 'Everybody gets in when nothing fails.',
  bugless: 'The program meets no bugs of its own.',
  clientBugless: 'A client meets no trouble of its own.',
  heard: 'No promise is left to fail unheard.',
  simulation: 'The simulation itself goes on.',
} as const;

export type PromiseName = keyof typeof promises;
