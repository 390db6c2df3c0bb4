import './skeleton.css';

type SkeletonProps = {
  /** any CSS length */
  width?: string;
  height?: string;
  shape?: 'line' | 'block' | 'round';
};

/** The place of what is still loading, in its size, so that nothing moves when it comes. Says nothing to a screen reader. */
export function Skeleton({ width = '100%', height = '0.8em', shape = 'line' }: SkeletonProps) {
  return (
    <span
      class="ui-skeleton"
      data-shape={shape}
      style={{ inlineSize: width, blockSize: height }}
      aria-hidden="true"
    />
  );
}

/** Lines of text; the last is shorter, as in a paragraph. */
export function SkeletonText({ lines = 3 }: { lines?: number }) {
  return (
    <span class="ui-skeleton-text" aria-hidden="true">
      {Array.from({ length: lines }, (_, index) => (
        <Skeleton key={index} width={index === lines - 1 ? '55%' : `${92 - ((index * 7) % 12)}%`} />
      ))}
    </span>
  );
}
