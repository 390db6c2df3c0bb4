import { useEffect, useRef, useState } from 'preact/hooks';
import { Refused } from '@confab/client';
import type { Examined, ExaminedArea } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';

/** In the order in which they are looked at. */
export const examinedAreas = [
  'machine',
  'nodes',
  'balancer',
  'postgres',
  'redis',
  'files',
  'network',
] as const satisfies readonly ExaminedArea[];

export interface Examination {
  /** Of the areas that were looked at so far, the last time somebody wanted to know. */
  readonly found: ReadonlyMap<ExaminedArea, readonly Examined[]>;
  /** The node that looked. */
  readonly node: string | null;
  readonly isLooking: boolean;
  readonly refused: Refused | null;
  readonly look: () => void;
}

/** Looks when it is told to, at one area after another: what is asked may be far away, and slow to answer. */
export function useExamination(): Examination {
  const { client } = useApp();
  const [found, setFound] = useState<Examination['found']>(new Map());
  const [node, setNode] = useState<string | null>(null);
  const [isLooking, setLooking] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const isHere = useRef(true);
  useEffect(() => () => void (isHere.current = false), []);

  async function lookAround(): Promise<void> {
    setFound(new Map());
    setRefused(null);
    setLooking(true);
    const rows = new Map<ExaminedArea, readonly Examined[]>();
    try {
      for (const area of examinedAreas) {
        const answer = await client.call('workspace.examine', { area });
        if (!isHere.current) return;
        rows.set(area, answer.rows);
        setFound(new Map(rows));
        setNode(answer.node);
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (isHere.current) setRefused(error);
    }
    if (isHere.current) setLooking(false);
  }

  return { found, node, isLooking, refused, look: () => void lookAround() };
}
