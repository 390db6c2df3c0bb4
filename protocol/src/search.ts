import Type, { type Static } from 'typebox';
import { query } from './define.ts';
import { limits } from './limits.ts';
import { Message } from './messages.ts';
import { Room } from './rooms.ts';
import { Count, Cursor, PageSize, nullable, strict } from './shapes.ts';
import { User } from './users.ts';

/** One line of a message's plain text around what was found. */
export const SearchSnippet = Type.Object({
  text: Type.String(),
  /** Begin and end (exclusive) of what was found, in UTF-16 units of `text`; ascending, apart from each other. */
  marks: Type.Array(Type.Tuple([Count, Count])),
});
export type SearchSnippet = Static<typeof SearchSnippet>;

/** Why a query finds nothing, in a form that every language has words for. */
export const SearchProblem = Type.Object({
  kind: Type.Union([
    /** No day, month or year that can be read. */
    Type.Literal('date'),
    /** Nobody is called that. */
    Type.Literal('person'),
    /** No room of that name that the reader may see. */
    Type.Literal('room'),
    /** `has:` and `is:` know no such thing. */
    Type.Literal('has'),
    Type.Literal('is'),
    /** Too few letters before or between asterisks. */
    Type.Literal('short'),
    /** More words than one query may have. */
    Type.Literal('many'),
  ]),
  /** What was written. */
  value: Type.String(),
});
export type SearchProblem = Static<typeof SearchProblem>;

export const SearchResult = Type.Object({ message: Message, snippet: SearchSnippet });
export type SearchResult = Static<typeof SearchResult>;

export const searchCalls = {
  'search.messages': query({
    summary:
      'Messages you may read: words, "phrases", prefix*, *part*, -not, from: in: to: has: is: before: after: during:',
    http: 'GET /search/messages',
    scope: 'read',
    input: Type.Object(
      {
        query: Type.String({ maxLength: limits.searchQueryCharsMax }),
        /** `relevance` weighs the newest matches; `time`, the default, has the newest first. */
        sort: Type.Optional(Type.Union([Type.Literal('relevance'), Type.Literal('time')])),
        /** An IANA name, in which days begin and end; your profile's by default. */
        timeZone: Type.Optional(Type.String({ maxLength: 64 })),
        cursor: Type.Optional(Cursor),
        limit: Type.Optional(PageSize),
      },
      strict,
    ),
    output: Type.Object({
      results: Type.Array(SearchResult),
      users: Type.Array(User),
      rooms: Type.Array(Room),
      /** With problems there are no results. */
      problems: Type.Array(SearchProblem),
      next: nullable(Cursor),
    }),
    refusals: ['invalid'],
  }),
};
