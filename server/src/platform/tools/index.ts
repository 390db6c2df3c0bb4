/**
 * Programs of the machine that know kinds of files which we do not: ffmpeg and poppler's. Promises that each run ends in
 * bounded time, memory and output, and with this process; that a file reaches it without a name; and that a program
 * which is not there is only missed. Refuses to know what a file is for.
 */
export interface Tools {
  /** Those of `toolTypes` for which all programs are there now. */
  types(): readonly string[];
  /**
   * A picture of what a video or a PDF looks like: an early image, the first page. PNG or JPEG.
   * @returns null for other kinds, for what is broken, too large or takes too long, and where the program is not there
   */
  pictureOf(file: ToolFile): Promise<Uint8Array | null>;
  /**
   * The text of a PDF, of its first pages.
   * @returns null as above, and '' where pages hold no text, such as scanned ones
   */
  textOf(file: ToolFile): Promise<string | null>;
}

export interface ToolFile {
  /** MIME type, found in its bytes. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  readonly read: () => AsyncIterable<Uint8Array>;
}

export { createSystemTools, toolTypes } from './system.ts';
