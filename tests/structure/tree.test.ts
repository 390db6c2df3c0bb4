import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ambientUse, moduleState } from './rules/ambient.ts';
import { browserBundle, browserSockets } from './rules/browser.ts';
import {
  codeMapComplete,
  dependenciesExplained,
  links,
  linksOf,
  namedPaths,
  nodeVersions,
} from './rules/documents.ts';
import { domainCycles, importDirections, importEndings } from './rules/import-directions.ts';
import { leftovers } from './rules/leftovers.ts';
import { migrations } from './rules/migrations.ts';
import { declaredNames, fileNames, indexOpenings } from './rules/names.ts';
import { privatePlaces } from './rules/private-places.ts';
import { fileSizes, functionSizes } from './rules/sizes.ts';
import { spokenWords } from './rules/spoken-words.ts';
import { errorsDocument, protocolDocument } from '../../tools/generate-docs.ts';
import { readTree, report, type Finding, type Rule } from './tree.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const tree = readTree(root);

/** What may be longer than the rule says, each with its reason. */
const longFunctions = {
  'client/src/client.ts#createClient': "the client's wiring, read from the top down",
  'server/src/app.ts#createNode': 'the wiring of a node, read from the top down',
};

const rules: Readonly<Record<string, Rule>> = {
  'imports point one way': importDirections,
  'domains use each other in one direction': domainCycles,
  'imports name the ending': importEndings,
  'the browser loads no server-side package': browserBundle,
  'sockets are opened in one place': browserSockets,
  'time, randomness, environment and logging are passed in': ambientUse,
  'no module keeps state': moduleState,
  'files are short': (files) => fileSizes(files, {}),
  'functions are short': (files) => functionSizes(files, longFunctions),
  'files are named after what they hold': fileNames,
  'declarations are named after what they are': declaredNames,
  'every index.ts says what it owns': indexOpenings,
  'words for people stand in language files': spokenWords,
  'nothing is half done': leftovers,
  'migrations are numbered and say whether they are compatible': migrations,
  'the code map is the folders': codeMapComplete,
  'every runtime dependency is explained': dependenciesExplained,
  'every runtime dependency runs on the oldest Node': nodeVersions,
  'links in documents lead somewhere': links,
  'paths in documents are there': namedPaths,
  'pictures in documents are there': missingPictures,
  'no machine and no registry is named': privatePlaces,
};

describe('the tree', { timeout: 60_000 }, () => {
  test.each(Object.entries(rules))('%s', (_, rule) => {
    expect(report(rule(tree))).toBe('');
  });

  test.each([
    ['docs/errors.md', errorsDocument],
    ['docs/protocol.md', protocolDocument],
  ])('%s is what the code says', (path, generate) => {
    expect(tree.text(path) === generate(), `run \`npm run docs\`: ${path} is not what the code says`).toBe(
      true,
    );
  });

  test('is read at all', () => {
    expect(tree.has('package.json') && tree.has('server/src/kit/refusal.ts')).toBe(true);
  });
});

function missingPictures(): Finding[] {
  return tree.files.flatMap(({ path, text }) => {
    if (!path.endsWith('.md')) return [];
    return linksOf(text)
      .filter(({ target }) => /\.(png|jpg|webp|gif)$/.test(target))
      .filter(({ target }) => !existsSync(join(root, dirname(path), target)))
      .map(({ target, line }) => ({ path, line, message: `shows ${target}, which is not there.` }));
  });
}
