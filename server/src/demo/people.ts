/** The people of the demo: a small bicycle maker, known to tests and screenshots as well. */
import type { Hours } from './working-hours.ts';

export interface DemoPerson {
  readonly handle: string;
  readonly name: string;
  readonly title: string;
  readonly timeZone: string;
  /** Hours of their own day. */
  readonly works: Hours;
  readonly role: 'owner' | 'admin' | 'member';
  readonly status: { readonly text: string; readonly emoji: string } | null;
}

export const demoPassword = 'ride-a-bicycle';
export const demoWorkspace = 'Velo Works';
/** Everyone's address is their handle here. */
export const demoDomain = 'velo.example';

export const demoPeople: readonly DemoPerson[] = [
  person('ada', 'Ada Okafor', 'Founder', 'Europe/Berlin', { role: 'owner' }),
  person('tomas', 'Tomás Rivera', 'Frame builder', 'Europe/Madrid', { status: ['Welding until 4', '🔥'] }),
  person('mei', 'Mei Tanaka', 'Industrial designer', 'Asia/Tokyo', {
    status: ['Sketching', '✏️'],
    // Late, so that she meets the others.
    works: { from: 10.5, until: 20 },
  }),
  person('jonas', 'Jonas Weber', 'Operations', 'Europe/Berlin', { role: 'admin' }),
  person('priya', 'Priya Nair', 'Electronics', 'Asia/Kolkata', { works: { from: 10, until: 19.5 } }),
  person('sam', 'Sam O’Connor', 'Customer care', 'Europe/Dublin', { status: ['On the phones', '📞'] }),
  person('lena', 'Lena Fischer', 'Marketing', 'Europe/Berlin', {}),
  person('kofi', 'Kofi Mensah', 'Software', 'Africa/Accra', { status: ['Reviewing', '👀'] }),
  person('nora', 'Nora Lindqvist', 'Software', 'Europe/Stockholm', {}),
  person('diego', 'Diego Morales', 'Workshop', 'Europe/Berlin', {}),
  person('yara', 'Yara Haddad', 'Finance', 'Asia/Beirut', { status: ['Month end, please be gentle', '🧮'] }),
  person('finn', 'Finn Gallagher', 'Test rider', 'Europe/Dublin', { status: ['Out on the gravel', '🚲'] }),
];

function person(
  handle: string,
  name: string,
  title: string,
  timeZone: string,
  more: { role?: DemoPerson['role']; status?: readonly [string, string]; works?: Hours },
): DemoPerson {
  const { role = 'member', status, works = { from: 8, until: 18.25 } } = more;
  return {
    handle,
    name,
    title,
    timeZone,
    works,
    role,
    status: status ? { text: status[0], emoji: status[1] } : null,
  };
}

export interface DemoRoom {
  readonly name: string;
  readonly kind: 'public' | 'private';
  readonly topic: string;
  readonly description: string;
  readonly posting: 'everyone' | 'moderators';
  readonly isDefault: boolean;
  /** Handles; the first owns it. */
  readonly people: readonly string[];
  readonly moderators: readonly string[];
}

const everyone = demoPeople.map(({ handle }) => handle);

export const demoRooms: readonly DemoRoom[] = [
  room('general', 'Everything that concerns all of us', everyone, { isDefault: true }),
  room('announcements', 'News from the top of the hill', everyone, {
    isDefault: true,
    posting: 'moderators',
    moderators: ['jonas', 'lena'],
  }),
  room('frames', 'Steel, titanium, and the occasional regret', ['tomas', 'ada', 'mei', 'diego', 'finn']),
  room('e-bike', 'The motor project: firmware, battery, range', [
    'priya',
    'kofi',
    'nora',
    'ada',
    'finn',
    'mei',
    'lena',
  ]),
  room('software', 'Shop, app and everything that blinks', ['kofi', 'nora', 'priya', 'jonas', 'ada']),
  room('customer-care', 'What riders tell us', ['sam', 'jonas', 'lena', 'diego', 'ada']),
  room('launch', 'The spring launch, day by day', ['lena', 'ada', 'mei', 'jonas', 'sam', 'yara'], {
    kind: 'private',
  }),
  room('money', 'Numbers that should add up', ['yara', 'ada', 'jonas'], { kind: 'private' }),
  room('rides', 'Sunday rides, cake afterwards', [
    'finn',
    'tomas',
    'sam',
    'diego',
    'nora',
    'ada',
    'lena',
    'kofi',
  ]),
  room('random', 'Not work', everyone, { isDefault: true }),
  room('lunch', 'Who, where, when', ['diego', 'jonas', 'lena', 'ada', 'tomas']),
];

function room(
  name: string,
  topic: string,
  people: readonly string[],
  more: Partial<Pick<DemoRoom, 'kind' | 'posting' | 'isDefault' | 'moderators'>> = {},
): DemoRoom {
  return {
    name,
    topic,
    people,
    kind: 'public',
    description: '',
    posting: 'everyone',
    isDefault: false,
    moderators: [],
    ...more,
  };
}
