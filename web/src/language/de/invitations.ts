import type { invitations as english } from '../en/invitations.ts';
import { plural } from './grammar.ts';

export const invitations: typeof english = {
  title: 'Leute einladen',
  roles: { owner: 'Inhaber', admin: 'Administrator', member: 'Mitglied' },
  onlyAdmins: 'Hier laden nur Administratoren ein',
  onlyAdminsNote: 'Bitte sie um einen Link, oder darum, jemanden hinzuzufügen.',
  form: {
    title: 'Ein neuer Link',
    note: 'Wer ihn hat, kann beitreten, bis er abgelaufen oder aufgebraucht ist.',
    life: 'Gilt',
    hours: (count) => plural(count, { one: '# Stunde', other: '# Stunden' }),
    days: (count) => plural(count, { one: '# Tag', other: '# Tage' }),
    uses: 'Für wie viele',
    people: (count) => plural(count, { one: 'Eine Person', other: '# Personen' }),
    role: 'Sie werden',
    submit: 'Link anlegen',
    ready: 'Der Link ist fertig',
    made: 'Dein Link',
    madeNote: (uses, expiry) => `Kopiere ihn jetzt: Er wird nicht noch einmal angezeigt. ${uses}, ${expiry}.`,
    tooMany: 'Mehr Links sind nicht möglich. Widerrufe zuerst einen.',
  },
  mails: {
    title: 'Per E-Mail',
    note: 'Alle bekommen einen eigenen Link, der einmal gilt, eine Woche lang.',
    addresses: 'Adressen',
    hint: (most) => plural(most, { other: 'Eine je Zeile oder mit Kommas dazwischen; höchstens #.' }),
    submit: 'Einladungen schicken',
    none: 'Gib eine Adresse ein, etwa ada@example.org.',
    wrong: (address) => `Das ist keine E-Mail-Adresse: ${address}`,
    tooMany: (most) => plural(most, { other: 'Schick an höchstens # Adressen, dann an die übrigen.' }),
    sent: (count) =>
      count === 0
        ? 'Es wurde keine Einladung geschickt.'
        : plural(count, { one: 'Eine Einladung ist unterwegs.', other: '# Einladungen sind unterwegs.' }),
    members: (addresses) => `Schon hier und nicht noch einmal eingeladen: ${addresses}`,
  },
  list: {
    title: 'Links, die noch gelten',
    everybodys: 'Die von allen. Die Adresse eines Links wird nur angezeigt, wenn er angelegt wird.',
    yours: 'Deine. Die Adresse eines Links wird nur angezeigt, wenn er angelegt wird.',
    none: 'Keine Links',
    noneNote: 'Leg oben einen an und schick ihn allen, die beitreten sollen.',
    used: (uses, usesMax) => `${uses} von ${usesMax} benutzt`,
    forPeople: (count) => plural(count, { one: 'Für eine Person', other: 'Für # Personen' }),
    expires: (when) => `läuft ${when} ab`,
    madeBy: (when, name) => `Angelegt ${when} von ${name}`,
    madeByYou: (when) => `Angelegt ${when} von dir`,
    revoke: 'Widerrufen',
    revokeWhich: (uses, made) => `Widerrufen: ${uses}, ${made}`,
    revokeTitle: 'Diesen Link widerrufen?',
    revokeLink: 'Link widerrufen',
    revokeNote: 'Damit kann niemand mehr beitreten. Wer schon da ist, bleibt.',
  },
};
