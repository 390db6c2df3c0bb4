import { plural } from './grammar.ts';

/** Coming in and going out: sign in, sign up, set up, reset, sign out. */
export const sessions = {
  email: 'Email',
  yourName: 'Your name',
  language: 'Language',
  password: {
    label: 'Password',
    fresh: 'New password',
    hint: (least: number) =>
      plural(least, { other: 'At least # characters. A few words are easy to remember.' }),
    show: 'Show the password',
    hide: 'Hide the password',
  },
  problems: {
    email: 'Enter an email address, like ada@example.org.',
    shortPassword: (least: number) => plural(least, { other: 'Use at least # characters.' }),
    noPassword: 'Enter your password.',
    noName: 'Enter your name, as the others should see it.',
    noWorkspaceName: 'Give the workspace a name.',
    takenEmail: 'Somebody has this address already.',
  },
  signIn: {
    title: (workspace: string) => `Sign in to ${workspace}`,
    submit: 'Sign in',
    newHere: 'New here? {link}.',
    createAccount: 'Create an account',
    forgottenByMail: 'Forgot your password?',
    forgotten: 'Forgot your password? An administrator can send you a link to set a new one.',
  },
  signUp: {
    title: (workspace: string) => `Join ${workspace}`,
    invitedBy: (name: string) => `${name} invited you.`,
    workAddress: 'Use your work address.',
    submit: 'Join',
    member: 'Already a member? {link}',
    opening: 'Opening the invitation',
    gone: 'This invitation no longer works',
    goneNote: 'It has expired or was used up. Ask whoever sent it for a new one.',
    failed: 'That did not work',
    failedNote: (reason: string) => `${reason} Try again in a moment.`,
    takenEmail: 'Somebody has this address already. Maybe you, and you can sign in?',
    notAlone: 'This address cannot join by itself. Ask for an invitation.',
  },
  setUp: {
    title: 'Set up your workspace',
    lead: 'You will be its owner. Everything here can be changed later.',
    workspaceName: 'Name of the workspace',
    workspaceHint: 'Your company, team or club',
    submit: 'Create the workspace',
  },
  forgot: {
    title: 'Forgot your password?',
    lead: 'Enter your address, and you get a link by mail with which you choose a new one.',
    submit: 'Send me a link',
    sentTitle: 'Look into your mail',
    sent: (address: string) =>
      `If ${address} belongs to somebody here, a link is on its way. It works once, for four hours. Nothing there? Look into the spam folder, too.`,
  },
  reset: {
    title: 'Choose a new password',
    lead: 'You will be signed in here, and signed out everywhere else.',
    back: 'Back to signing in',
    submit: 'Set the password',
    gone: 'This link has expired or was used already. Ask for a new one.',
  },
  signOut: {
    title: 'Sign out?',
    submit: 'Sign out',
    note: 'What is kept on this device will be removed. Everything stays on the server.',
    unsent: (count: number) =>
      plural(count, {
        one: 'One message has not been sent yet and would be lost.',
        other: '# messages have not been sent yet and would be lost.',
      }),
  },
};
