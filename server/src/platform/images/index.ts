/** Small pictures (profiles, emoji): sniffed, bounded in pixels, re-encoded as WebP without metadata. */
export interface Images {
  /**
   * @param bytes PNG, JPEG, WebP or GIF, recognised by content and never by name.
   * @param sidePx the side of the result, which is cut to a square about the middle and never enlarged.
   * @returns WebP bytes, or null when `bytes` is none of these, is broken, or holds too many pixels.
   */
  toSquare(bytes: Uint8Array, sidePx: number): Promise<Uint8Array | null>;
}

export { createSharpImages, type SharpOptions } from './sharp.ts';
