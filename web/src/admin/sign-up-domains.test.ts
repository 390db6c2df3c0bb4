import { expect, test } from 'vitest';
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
  expect(domainProblem('example.org\nlocalhost')).toMatch('“localhost”');
  expect(domainProblem('https://example.org')).toMatch('“https://example.org”');
  expect(domainProblem('example.org')).toBeUndefined();
  expect(domainProblem('')).toBeUndefined();
  expect(domainProblem(Array.from({ length: 51 }, (_, index) => `d${index}.org`).join(' '))).toMatch('50');
});
