import { expect, test } from 'vitest';
import { en } from '../language/index.ts';
import { domainProblem, domainsIn } from './sign-up-domains.ts';

test('domains are taken from what people write', () => {
  expect(domainsIn('Example.org\n\n@velo.example, ada@velo.example; other.test  ')).toEqual([
    'example.org',
    'velo.example',
    'other.test',
  ]);
  expect(domainsIn(' \n ')).toEqual([]);
});

test('what is no domain is named', () => {
  expect(domainProblem('example.org\nlocalhost', en)).toMatch('“localhost”');
  expect(domainProblem('https://example.org', en)).toMatch('“https://example.org”');
  expect(domainProblem('example.org', en)).toBeUndefined();
  expect(domainProblem('', en)).toBeUndefined();
  expect(domainProblem(Array.from({ length: 51 }, (_, index) => `d${index}.org`).join(' '), en)).toMatch(
    '50',
  );
});
