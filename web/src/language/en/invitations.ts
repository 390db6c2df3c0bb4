import { plural } from './grammar.ts';

/** Links by which people come in, and the roles they may get. */
export const invitations = {
  title: 'Invite people',
  roles: { owner: 'Owner', admin: 'Administrator', member: 'Member' },
  onlyAdmins: 'Only administrators invite people here',
  onlyAdminsNote: 'Ask one of them for a link, or to add somebody.',
  form: {
    title: 'A new link',
    note: 'Whoever has it can join until it expires or is used up.',
    life: 'Works for',
    hours: (count: number) => plural(count, { one: '# hour', other: '# hours' }),
    days: (count: number) => plural(count, { one: '# day', other: '# days' }),
    uses: 'For how many',
    people: (count: number) => plural(count, { one: 'One person', other: '# people' }),
    role: 'They become',
    submit: 'Create link',
    ready: 'The link is ready',
    made: 'Your link',
    madeNote: (uses: string, expiry: string) => `Copy it now: it is not shown again. ${uses}, ${expiry}.`,
    tooMany: 'You have as many links as you may. Revoke one first.',
  },
  mails: {
    title: 'By mail',
    note: 'Everybody gets a link of their own, which works once, for a week.',
    addresses: 'Addresses',
    hint: (most: number) => plural(most, { other: 'One in each line, or with commas between; at most #.' }),
    submit: 'Send invitations',
    none: 'Enter an address, like ada@example.org.',
    wrong: (address: string) => `This is no email address: ${address}`,
    tooMany: (most: number) => plural(most, { other: 'Send to # addresses at most, then to the others.' }),
    sent: (count: number) =>
      count === 0
        ? 'No invitation was sent.'
        : plural(count, { one: 'One invitation is on its way.', other: '# invitations are on their way.' }),
    members: (addresses: string) => `Here already, and not invited again: ${addresses}`,
  },
  list: {
    title: 'Links that still work',
    everybodys: 'Everybody’s. The address of a link is shown only when it is made.',
    yours: 'Yours. The address of a link is shown only when it is made.',
    none: 'No links',
    noneNote: 'Make one above and send it to whoever should join.',
    used: (uses: string, usesMax: string) => `${uses} of ${usesMax} used`,
    forPeople: (count: number) => plural(count, { one: 'For one person', other: 'For # people' }),
    expires: (when: string) => `expires ${when}`,
    madeBy: (when: string, name: string) => `Made ${when} by ${name}`,
    madeByYou: (when: string) => `Made ${when} by you`,
    revoke: 'Revoke',
    revokeWhich: (uses: string, made: string) => `Revoke: ${uses}, ${made}`,
    revokeTitle: 'Revoke this link?',
    revokeLink: 'Revoke link',
    revokeNote: 'Nobody can join with it any more. Those who already did stay.',
  },
};
