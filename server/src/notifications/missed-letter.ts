/** The letter of what was missed, by place. Pure. */
import { limits, type Preferences } from '@confab/protocol';
import { languageOf, writeLetter, type Letter, type LetterSection } from '../mail/index.ts';
import { preferencesOf } from '../users/index.ts';
import { missedWords } from './missed-words.ts';
import { contentOf, isTest, placeOf } from './verdict.ts';
import type { Waiting } from './waiting.ts';

export interface MissedAround {
  readonly workspace: string;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly unsubscribeUrl: string;
  readonly withContent: boolean;
  /** Where a message is answered by mail; null: nowhere. */
  readonly answerTo: (messageId: string) => string | null;
}

type Words = (typeof missedWords)['en'];

const textCharsMax = 400;
const inviteTag = 'invitation';

/**
 * @param missed of one person, oldest first; at least one
 * @returns topic: letters of one place have one, all others one of their own. replyTo: where all in it can be answered, if that is
 * one place
 */
export function missedLetter(
  missed: readonly [Waiting, ...Waiting[]],
  around: MissedAround,
): { letter: Letter; topic: string; replyTo?: string } {
  const [first] = missed;
  const preferences = preferencesOf(first.preferences);
  const language = languageOf(preferences.language);
  const words = missedWords[language];
  const { workspace, publicUrl, unsubscribeUrl } = around;
  const { missedMail } = preferences;
  const isForTest = missed.every(isTest);
  const hides = !isForTest && (!around.withContent || preferences.missedMailHidesContent);
  const places = hides ? [] : placesOf(missed, words);
  const [only, second] = places;
  const isOne = only !== undefined && second === undefined;
  const replyTo = hides ? null : answerToAll(missed, around);
  const said = isForTest ? words.introOfTest : hides ? words.withoutContent : words.intro;
  const letter = writeLetter({
    language,
    subject: subjectOf({ hides, isForTest, place: isOne ? only.title : null }, { words, workspace }),
    paragraphs: [typeof said === 'string' ? said : said(missed.length, workspace)],
    sections: sectionsOf(places, {
      words,
      publicUrl,
      time: createTime(first, preferences),
      answerTo: replyTo === null ? around.answerTo : () => null,
    }),
    link: { label: words.open(workspace), url: publicUrl + (isOne ? only.path : '/unreads') },
    foot: [
      ...(replyTo === null ? [] : [words.answerable]),
      ...(isForTest || missedMail === 'never' ? [] : [words.why[missedMail]]),
    ].join(' '),
    footLinks: [
      { label: words.settings, url: `${publicUrl}/settings/notifications` },
      { label: words.unsubscribe, url: unsubscribeUrl },
    ],
  });
  const topic = `confab-missed-${first.user_id}`;
  return {
    letter,
    topic: isOne ? `${topic}-${only.tag}` : topic,
    ...(replyTo === null ? {} : { replyTo }),
  };
}

/** The thread or conversation that an answer goes to; null for what nobody answers. */
function answeredPlace(one: Waiting): string | null {
  if (isTest(one) || one.message_id === null || one.kind === 'reminder') return null;
  if (one.thread_id !== null) return `thread ${one.thread_id}`;
  return one.room_kind === 'direct' ? `room ${one.room_id ?? ''}` : `thread ${one.message_id}`;
}

function answerToAll(missed: readonly Waiting[], { answerTo }: MissedAround): string | null {
  const places = new Set(missed.map(answeredPlace));
  const messageId = missed.at(-1)?.message_id ?? null;
  return places.size === 1 && !places.has(null) && messageId !== null ? answerTo(messageId) : null;
}

function subjectOf(
  of: { hides: boolean; isForTest: boolean; place: string | null },
  { words, workspace }: { words: Words; workspace: string },
): string {
  if (of.isForTest) return words.subjectOfTest(workspace);
  if (of.hides) return words.subjectWithoutContent(workspace);
  return of.place === null ? words.subject(workspace) : words.subjectOfPlace(of.place, workspace);
}

interface Place {
  readonly tag: string;
  readonly title: string;
  readonly path: string;
  readonly missed: Waiting[];
}

/** Rooms, conversations and threads each by itself, all reminders together; in the order of what came first. */
function placesOf(missed: readonly Waiting[], words: Words): Place[] {
  const places = new Map<string, Place>();
  for (const one of missed) {
    const { tag, path } = placeOf(one);
    const isReminder = one.kind === 'reminder' && !isTest(one);
    const key = isReminder ? 'reminders' : tag;
    const place = places.get(key) ?? {
      tag: key,
      title: titleOf(one, words),
      path: pathOfPlace(path),
      missed: [],
    };
    places.set(key, { ...place, missed: [...place.missed, one] });
  }
  return [...places.values()];
}

function titleOf(one: Waiting, words: Words): string {
  if (isTest(one)) return words.kinds[one.kind];
  if (one.kind === 'reminder') return words.reminders;
  const { room, isInThread } = contentOf(one);
  return isInThread ? words.inThread(room) : room;
}

/** Of a room it is the room, and not one of its messages. */
function pathOfPlace(path: string): string {
  return path.includes('thread=') ? path : path.replace(/\/message\/\d+$/, '');
}

interface ItemAround extends Pick<MissedAround, 'publicUrl' | 'answerTo'> {
  readonly words: Words;
  readonly time: (at: Date) => string;
}

function sectionsOf(places: readonly Place[], around: ItemAround): LetterSection[] {
  const { words, publicUrl } = around;
  let left: number = limits.missedShownMax;
  return places.map(({ title, path, missed }) => {
    const shown = missed.slice(0, Math.min(left, limits.missedOfPlaceMax));
    left -= shown.length;
    const hidden = missed.length - shown.length;
    return {
      title,
      url: publicUrl + path,
      items: shown.map((one) => itemOf(one, around)),
      more: hidden === 0 ? null : words.more(hidden),
    };
  });
}

function itemOf(
  one: Waiting,
  { words, publicUrl, time, answerTo }: ItemAround,
): LetterSection['items'][number] {
  const { author, text } = contentOf(one, textCharsMax);
  const { path } = placeOf(one);
  const address = answeredPlace(one) === null ? null : answerTo(one.message_id ?? '');
  const answer = address === null ? [] : [{ label: words.answer, url: `mailto:${address}` }];
  const isSaid = one.kind !== 'reminder' && one.kind !== inviteTag;
  return {
    lead: isSaid && author !== '' ? `${author}, ${time(one.at)}` : time(one.at),
    text: isTest(one)
      ? words.kinds[one.kind]
      : one.kind === inviteTag
        ? words.invited
        : text === ''
          ? words.file
          : text,
    links:
      isTest(one) || one.kind === inviteTag ? [] : [{ label: words.show, url: publicUrl + path }, ...answer],
  };
}

/** Day and time where the person is. */
function createTime(one: Waiting, { language, timeFormat }: Preferences): (at: Date) => string {
  const format = new Intl.DateTimeFormat(/^(en|de|ja)\b/.test(language) ? language : 'en', {
    timeZone: one.time_zone,
    weekday: 'short',
    hour: 'numeric',
    minute: '2-digit',
    ...(timeFormat === 'locale' ? {} : { hour12: timeFormat === '12' }),
  });
  return (at) => format.format(at);
}
