import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig, unknownVariables } from '@confab/server/config';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { Secret } from 'kubernetes-models/v1/Secret';
import { Service } from 'kubernetes-models/v1/Service';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const folder = join(import.meta.dirname, '../../deploy/kubernetes');
const read = <Manifest>(file: string): Manifest =>
  parse(readFileSync(join(folder, file), 'utf8')) as Manifest;

type Given<Kind extends abstract new (...args: never[]) => unknown> = NonNullable<
  ConstructorParameters<Kind>[0]
>;

const deployment = new Deployment(read<Given<typeof Deployment>>('deployment.yaml'));
const manifests = {
  'deployment.yaml': deployment,
  'disruption-budget.yaml': new PodDisruptionBudget(read('disruption-budget.yaml')),
  'ingress.yaml': new Ingress(read('ingress.yaml')),
  'network-policy.yaml': new NetworkPolicy(read('network-policy.yaml')),
  'secret.example.yaml': new Secret(read('secret.example.yaml')),
  'service.yaml': new Service(read('service.yaml')),
  'settings.yaml': new ConfigMap(read('settings.yaml')),
};
const spec = deployment.spec?.template.spec;
const [container] = spec?.containers ?? [];
const labels = { 'app.kubernetes.io/name': 'confab' };

it.each(Object.entries(manifests))('%s is what Kubernetes expects', (file, manifest) => {
  expect(() => manifest.validate()).not.toThrow();
  // The constructor fills in what a kind is; the file has to say it itself.
  expect(read(file)).toMatchObject({ apiVersion: manifest.apiVersion, kind: manifest.kind });
});

it('would not take a manifest that is wrong', () => {
  const broken = read<Given<typeof Deployment>>('deployment.yaml');
  expect(() =>
    new Deployment({ ...broken, spec: { ...broken.spec, replicas: 'three' } as never }).validate(),
  ).toThrow('replicas');
});

it('every manifest but the example is applied', () => {
  const { resources } = read<{ resources: string[] }>('kustomization.yaml');
  const files = readdirSync(folder).filter((file) => !/^(kustomization|secret\.example)\.yaml$/.test(file));
  expect(resources.toSorted()).toEqual(files);
  expect(Object.keys(manifests).toSorted()).toEqual([...files, 'secret.example.yaml'].toSorted());
});

it('all of them mean the same nodes', () => {
  expect(deployment.spec?.template.metadata?.labels).toEqual(labels);
  expect(deployment.spec?.selector.matchLabels).toEqual(labels);
  expect(manifests['disruption-budget.yaml'].spec?.selector?.matchLabels).toEqual(labels);
  expect(manifests['service.yaml'].spec?.selector).toEqual(labels);
  expect(manifests['network-policy.yaml'].spec?.podSelector?.matchLabels).toEqual(labels);
  const [rule] = manifests['ingress.yaml'].spec?.rules ?? [];
  expect(rule?.http?.paths[0]?.backend.service).toEqual({ name: 'confab', port: { name: 'http' } });
  expect(manifests['service.yaml'].spec?.ports?.[0]?.targetPort).toBe(container?.ports?.[0]?.name);
});

it('the settings are settings', () => {
  const environment = {
    ...manifests['settings.yaml'].data,
    ...manifests['secret.example.yaml'].stringData,
    ...Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value ?? '10.0.0.7'])),
  };
  expect(unknownVariables(environment)).toEqual([]);
  const config = readConfig({}, environment);
  expect(config).toMatchObject({
    port: container?.ports?.[0]?.containerPort,
    publicUrl: 'https://chat.example.org',
  });
  // A service that is called confab would set CONFAB_PORT.
  expect(spec?.enableServiceLinks).toBe(false);
  // A node is killed only after it has drained.
  const [, pause] = container?.lifecycle?.preStop?.exec?.command ?? [];
  expect(spec?.terminationGracePeriodSeconds).toBeGreaterThan(config.drainSeconds + Number(pause));
});

it('nodes stand apart, and one at a time goes', () => {
  expect(deployment.spec?.replicas).toBeGreaterThanOrEqual(3);
  expect(deployment.spec?.strategy?.rollingUpdate).toEqual({ maxUnavailable: 1, maxSurge: 0 });
  expect(manifests['disruption-budget.yaml'].spec?.maxUnavailable).toBe(1);
  const apart = spec?.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  expect(apart.map(({ topologyKey }) => topologyKey)).toEqual(['kubernetes.io/hostname']);
  expect(spec?.topologySpreadConstraints?.map(({ topologyKey }) => topologyKey)).toEqual([
    'topology.kubernetes.io/zone',
  ]);
  expect(manifests['ingress.yaml'].metadata?.annotations).toMatchObject({
    'nginx.ingress.kubernetes.io/affinity': 'cookie',
  });
});

it('probes ask what a node answers', () => {
  expect(container?.readinessProbe?.httpGet?.path).toBe('/readyz');
  // A database that is away must not get nodes killed.
  expect(container?.livenessProbe?.httpGet?.path).toBe('/healthz');
});
