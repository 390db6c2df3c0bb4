import type { Name, RoomName, Scene } from './scene.ts';

/** Whose stream: a room of the scene, one of its people, the workspace, or somebody or something new. */
export type Told = Name | RoomName | 'workspace' | 'a new person' | 'a new room';

/** One way a command can go. */
export interface Case {
  /** Exactly these streams move, and no other. */
  readonly tells: readonly Told[];
  /** Before the views are taken. */
  readonly prepare?: (scene: Scene) => Promise<unknown>;
  readonly run: (scene: Scene) => Promise<unknown>;
}

/** By what is special about it. */
export type Cases = Readonly<Record<string, Case>>;
