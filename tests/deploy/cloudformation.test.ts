import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, unknownVariables } from '@confab/server/config';
import { validateFile } from 'cfn-lint/lib/api.js';
import { parseEnv } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { parse, type ScalarTag } from 'yaml';

const folder = mkdtempSync(join(tmpdir(), 'confab-cloudformation-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(import.meta.dirname, '../../deploy/aws/cloudformation.yaml');
const text = readFileSync(file, 'utf8');

/** The checker's list of properties ends in 2020; these came later, or late in that year. */
const newer = [
  'MaxAllocatedStorage is not a valid property of AWS::RDS::DBInstance',
  'MultiAZEnabled is not a valid property of AWS::ElastiCache::ReplicationGroup',
  'MetadataOptions is not a valid property of AWS::EC2::LaunchTemplate.LaunchTemplateData',
];

function complaints(template: string): string[] {
  const copy = join(folder, 'template.yaml');
  writeFileSync(copy, template);
  const parameters = { CertificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/one' };
  const { errors } = validateFile(copy, { parameters });
  return [...errors.crit, ...errors.warn].map(({ message }) => message);
}

interface Template {
  Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
}

const scalar = (tag: string): ScalarTag => ({ tag, resolve: (value) => value });
const customTags = [
  scalar('!Ref'),
  scalar('!Sub'),
  scalar('!GetAtt'),
  { tag: '!Sub', collection: 'seq' } as const,
];
const { Resources: resources } = parse(text, { customTags }) as Template;
const properties = (name: string): Record<string, unknown> => resources[name]?.Properties ?? {};

it('the template is what CloudFormation expects', () => {
  expect(complaints(text).toSorted()).toEqual(newer.toSorted());
});

it('a template that is wrong would be found', () => {
  expect(complaints(text.replace('!Ref NodeTargets', '!Ref NoTargets')).join()).toContain('NoTargets');
  expect(complaints(text.replace('MultiAZ: true', 'ManyZones: true')).join()).toContain('ManyZones');
});

it('survives the loss of a zone', () => {
  expect(properties('Database')['MultiAZ']).toBe(true);
  expect(properties('Cache')).toMatchObject({ MultiAZEnabled: true, AutomaticFailoverEnabled: true });
  expect(properties('Nodes')['VPCZoneIdentifier']).toBe('PrivateSubnets');
});

it('the balancer does what the guide asks for', () => {
  const { TargetGroupAttributes: attributes, HealthCheckPath: path } = properties('NodeTargets');
  expect(attributes).toContainEqual({ Key: 'stickiness.enabled', Value: 'true' });
  expect(path).toBe('/readyz');
  const [action] = properties('PlainListener')['DefaultActions'] as { RedirectConfig: object }[];
  expect(action?.RedirectConfig).toMatchObject({ Protocol: 'HTTPS', StatusCode: 'HTTP_301' });
});

it('a node starts with a script that a shell can read, and with settings', () => {
  const data = properties('NodeTemplate')['LaunchTemplateData'] as { UserData: { 'Fn::Base64': string[] } };
  const script = String(data.UserData['Fn::Base64'][0]);
  const { status, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  const [, lines = ''] = /<<END\n([\s\S]*?)\nEND\n/.exec(script) ?? [];
  const filled = lines
    .replaceAll('${PrivateNetwork}', '10.0.0.0/16')
    .replaceAll('$address', '10.0.0.7')
    .replaceAll(/\$\{?\w+\}?/g, 'some.name');
  const environment = parseEnv(filled) as NodeJS.ProcessEnv;
  expect(unknownVariables(environment)).toEqual([]);
  expect(readConfig({}, environment)).toMatchObject({
    host: '10.0.0.7',
    publicUrl: 'https://some.name',
    port: 80,
  });
});
