import { resolve } from 'node:path';

/** Where files are kept. */
export type ObjectsPlace =
  | { readonly kind: 'folder'; readonly folder: string }
  | {
      readonly kind: 's3';
      readonly bucket: string;
      /** Before every key; empty, or with a slash at its end. */
      readonly prefix: string;
      readonly region: string;
      /** Null: Amazon's own of the region. */
      readonly endpoint: string | null;
    };

export const placeExpected =
  'the path of a folder, or s3://BUCKET/PREFIX?region=REGION&endpoint=https://STORE.EXAMPLE.ORG';

/** Undefined for what is none. */
export function readPlace(text: string): ObjectsPlace | undefined {
  if (!text.startsWith('s3:')) {
    return /^[a-z0-9]+:\/\//i.test(text) ? undefined : { kind: 'folder', folder: resolve(text) };
  }
  if (!URL.canParse(text)) return undefined;
  const { hostname: bucket, pathname, searchParams, username, password } = new URL(text);
  const prefix = pathname.replace(/^\/+|\/+$/g, '');
  const endpoint = searchParams.get('endpoint');
  const known = [...searchParams.keys()].every((name) => name === 'region' || name === 'endpoint');
  if (bucket === '' || !known || username !== '' || password !== '') return undefined;
  if (!/^[\w./-]*$/.test(prefix)) return undefined;
  if (endpoint !== null && !(/^https?:\/\//.test(endpoint) && URL.canParse(endpoint))) return undefined;
  const region = searchParams.get('region') ?? 'us-east-1';
  return { kind: 's3', bucket, prefix: prefix === '' ? '' : `${prefix}/`, region, endpoint };
}
