import type { Check } from './check.ts';
import type { Requirement } from './requirements.ts';

/** docs/operating/doctor.md, from the checks and the requirements. */
export function doctorDocument(
  areas: Readonly<Record<string, readonly Check[]>>,
  requirements: readonly Requirement[],
): string {
  const checks = Object.entries(areas).flatMap(([area, list]) =>
    list.map(({ ids, title }) => `| ${ids.join(', ')} | ${area} | ${title} |`),
  );
  const manual = requirements.flatMap(({ id, title, manual }) =>
    manual === null ? [] : [`| ${id} | ${title} | ${manual} |`],
  );
  return `${introduction}
| requirement | area | check |
|---|---|---|
${checks.join('\n')}

## What a person looks at

| requirement | what it asks for | look at |
|---|---|---|
${manual.join('\n')}
`;
}

const introduction = `# The doctor

Generated from \`server/src/doctor/\` by \`npm run docs\`.

\`confab doctor\` looks at everything a program can see from a node, and says what it found and how to mend it. It changes nothing.
Run it on each node, with the node's own settings:

\`\`\`
npx confab doctor
npx confab doctor --json
npx confab doctor --list --json
\`\`\`

Administrators look in the browser too: Administration, System health, Checks.

| status | means |
|---|---|
| pass | as it should be |
| warn | works, and should be mended |
| fail | does not work, or loses something |
| skipped | nothing to look at here, with the reason |

The exit code is 0 when nothing failed, 1 when something failed, and 2 when it could not look at all, such as with a
wrong setting. With \`--json\` each row has \`ids\`, \`title\`, \`status\`, \`found\` and \`mend\`; \`mend\` is null for what passed or was skipped.
\`--list\` shows the checks without looking, each with its requirements, and what a person has to look at as \`manual\`.

| option | for |
|---|---|
| \`--area <names>\` | look at some areas only, such as \`balancer,redis\` |
| \`--ntp <servers>\` | time servers to compare the clock with, separated by commas; without it those that chrony, ntpd or timesyncd are set to ask |
| \`--files <folder>\` | a folder that is meant to be the shared file store |
| \`--ca <file>\` | certificates (PEM) to trust besides the usual ones, for a balancer with a certificate of your own authority |
| \`--plain-port <number>\` | where the balancer answers without TLS; 80 without it |

The balancer is asked by the address in \`CONFAB_URL\`, the others by \`DATABASE_URL\` and \`REDIS_URL\`. Where nodes do not reach the
address of people, look at the balancer from elsewhere: \`npx confab doctor --area balancer --url https://chat.example.org\`. Without \`DATABASE_URL\` there is one
node with a database of its own, and what only clusters need is skipped. Nodes are found by their leases in the database:
start them first.

## What it looks at
`;
