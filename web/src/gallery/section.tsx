import type { ComponentChildren } from 'preact';

/** One component in all its states. */
export function Section({
  title,
  wide = false,
  children,
}: {
  title: string;
  wide?: boolean;
  children: ComponentChildren;
}) {
  return (
    <section class="gallery__section" data-wide={wide} data-section={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

export function Row({ children }: { children: ComponentChildren }) {
  return <div class="gallery__row">{children}</div>;
}
