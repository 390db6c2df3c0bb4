import { h } from 'preact';
import { classNames } from './class-names.ts';
import './icon.css';

/** A drawing of `lucide` as data: `import { Search } from 'lucide'`. Only what is imported is shipped. */
export type IconShape = readonly (readonly [
  tag: string,
  attributes: Record<string, string | number | undefined>,
])[];

type IconProps = {
  of: IconShape;
  /** in CSS pixels */
  size?: number;
  /** only for a sign that stands alone; beside words it is decoration */
  label?: string;
  class?: string;
};

export function Icon({ of, size = 16, label, class: className }: IconProps) {
  const named =
    label === undefined ? { 'aria-hidden': true as const } : { role: 'img' as const, 'aria-label': label };
  return (
    <svg class={classNames('ui-icon', className)} viewBox="0 0 24 24" width={size} height={size} {...named}>
      {of.map(([tag, attributes], index) => h(tag, { ...attributes, key: index }))}
    </svg>
  );
}
