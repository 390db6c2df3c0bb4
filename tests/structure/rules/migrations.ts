import type { Finding, Tree } from '../tree.ts';

const folder = 'server/migrations/';

/** Forward only, numbered without gaps; the first line says whether the previous release still runs on the result. */
export function migrations(tree: Tree): Finding[] {
  const files = tree.files.filter(({ path }) => path.startsWith(folder) && path.endsWith('.sql'));
  return files.flatMap(({ path, text }, index) => {
    const findings: Finding[] = [];
    const number = /^(\d{4})-[a-z0-9-]+\.sql$/.exec(path.slice(folder.length))?.[1];
    const expected = String(index + 1).padStart(4, '0');
    if (number !== expected) {
      findings.push({
        path,
        message: `should be called ${folder}${expected}-what-it-does.sql: numbers have no gaps and no twins.`,
      });
    }
    if (!/^-- (compatible|breaking)\b/.test(text)) {
      const message =
        'must start with `-- compatible` (the previous release runs on the new schema) or `-- breaking`, and say why.';
      findings.push({ path, line: 1, message });
    }
    return findings;
  });
}
