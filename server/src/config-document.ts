import { settings, type Setting } from './config.ts';

/** docs/configuration.md, from the one table of settings. */
export function configurationDocument(): string {
  const rows = Object.values<Setting<unknown>>(settings).map(
    ({ env, flag, usually, expected, meaning }) =>
      `| \`${env}\` | ${flag === null ? '—' : `\`${flag}\``} | ${usually} | ${expected} | ${meaning} |`,
  );
  return `# Configuration

Generated from \`server/src/config.ts\` by \`npm run docs\`. Nothing has to be set: \`confab start\` alone is a complete Confab for one
machine. A flag comes before the environment, and the environment before the default; an empty variable counts as none.
There is no configuration file. A wrong value is refused at the start, in one sentence.

| environment | flag of \`confab start\` | default | expected | meaning |
|---|---|---|---|---|
${rows.join('\n')}

\`DATABASE_URL\` and \`REDIS_URL\` have no flags, since other people of the machine can read a command line. They hold for
the other commands too, as do \`CONFAB_DATA\` and \`--data\`; those use the running node's database, or start the embedded one for a moment.

In Kubernetes a service that is called \`confab\` sets \`CONFAB_PORT\` to a URL in every pod beside it: set
\`enableServiceLinks: false\`, or set \`CONFAB_PORT\` yourself.
`;
}
