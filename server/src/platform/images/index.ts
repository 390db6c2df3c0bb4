/** Small pictures (profiles, emoji, thumbnails): sniffed, bounded in pixels, re-encoded as WebP without metadata. */
export interface Images {
  /**
   * @param bytes PNG, JPEG, WebP or GIF, recognised by content and never by name.
   * @param sidePx the side of the result, which is cut to a square about the middle and never enlarged.
   * @returns WebP bytes, or null when `bytes` is none of these, is broken, or holds too many pixels.
   */
  toSquare(bytes: Uint8Array, sidePx: number): Promise<Uint8Array | null>;
  /**
   * @param bytes as above
   * @param sidePx the longer side of the result, which is never enlarged.
   * @returns how large the picture is when it stands upright, in pixels, and it made small; null as above.
   */
  toThumbnail(
    bytes: Uint8Array,
    sidePx: number,
  ): Promise<{ width: number; height: number; small: Uint8Array } | null>;
}

export { createSharpImages, type SharpOptions } from './sharp.ts';
