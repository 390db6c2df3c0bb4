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
}

type Words = (typeof missedWords)['en'];

const textCharsMax = 400;
const inviteTag = 'invitation';

/**
 * @param missed of one person, oldest first; at least one
 * @returns topic: letters of one place have one, all others one of their own
 */
export function missedLetter(
  missed: readonly [Waiting, ...Waiting[]],
  around: MissedAround,
): { letter: Letter; topic: string } {
  const [first] = missed;
  const preferences = preferencesOf(first.preferences);
  const language = languageOf(preferences.language);
  const words = missedWords[language];
  const { workspace, publicUrl, unsubscribeUrl } = around;
  const isForTest = missed.every(isTest);
  const hides = !isForTest && (!around.withContent || preferences.missedMailHidesContent);
  const places = hides ? [] : placesOf(missed, words);
  const [only, second] = places;
  const isOne = only !== undefined && second === undefined;
  const said = isForTest ? words.introOfTest : hides ? words.withoutContent : words.intro;
  const letter = writeLetter({
    language,
    subject: subjectOf({ hides, isForTest, place: isOne ? only.title : null }, { words, workspace }),
    paragraphs: [typeof said === 'string' ? said : said(missed.length, workspace)],
    sections: sectionsOf(places, { words, publicUrl, time: createTime(first, preferences) }),
    link: { label: words.open(workspace), url: publicUrl + (isOne ? only.path : '/unreads') },
    foot: words.why[preferences.missedMail === 'never' ? 'hour' : preferences.missedMail],
    footLinks: [
      { label: words.settings, url: `${publicUrl}/settings/notifications` },
      { label: words.unsubscribe, url: unsubscribeUrl },
    ],
  });
  const topic = `confab-missed-${first.user_id}`;
  return { letter, topic: isOne ? `${topic}-${only.tag}` : topic };
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

function sectionsOf(
  places: readonly Place[],
  { words, publicUrl, time }: { words: Words; publicUrl: string; time: (at: Date) => string },
): LetterSection[] {
  let left: number = limits.missedShownMax;
  return places.map(({ title, path, missed }) => {
    const shown = missed.slice(0, Math.min(left, limits.missedOfPlaceMax));
    left -= shown.length;
    const hidden = missed.length - shown.length;
    return {
      title,
      url: publicUrl + path,
      items: shown.map((one) => itemOf(one, { words, publicUrl, time })),
      more: hidden === 0 ? null : words.more(hidden),
    };
  });
}

function itemOf(
  one: Waiting,
  { words, publicUrl, time }: { words: Words; publicUrl: string; time: (at: Date) => string },
): LetterSection['items'][number] {
  const { author, text } = contentOf(one, textCharsMax);
  const { path } = placeOf(one);
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
    links: isTest(one) || one.kind === inviteTag ? [] : [{ label: words.show, url: publicUrl + path }],
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
