import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';
import { classNames } from './class-names.ts';
import { Icon, type IconShape } from './icon.tsx';
import { Spinner } from './spinner.tsx';
import './button.css';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger' | 'danger-quiet';
export type ControlSize = 's' | 'm' | 'l';

type Native = Omit<ButtonHTMLAttributes, 'size' | 'label' | 'icon' | 'class' | 'className'> & {
  class?: string | undefined;
};

export type ButtonProps = Native & {
  variant?: ButtonVariant;
  size?: ControlSize;
  icon?: IconShape;
  iconAfter?: IconShape;
  /** keeps its width, cannot be pressed again, and turns a wheel after 300 ms */
  busy?: boolean;
  /** as wide as what holds it */
  wide?: boolean;
  children?: ComponentChildren;
};

export function Button(props: ButtonProps) {
  const {
    variant = 'secondary',
    size = 'm',
    icon,
    iconAfter,
    busy,
    wide,
    children,
    class: className,
    ...native
  } = props;
  const { disabled, ...rest } = native;
  return (
    <button
      type="button"
      {...rest}
      class={classNames('ui-button', className)}
      data-variant={variant}
      data-size={size}
      data-wide={wide}
      disabled={disabled}
      aria-busy={busy}
      aria-disabled={busy}
      onClick={busy === true ? (event) => event.preventDefault() : rest.onClick}
    >
      {busy === true && (
        <span class="ui-button__busy">
          <Spinner />
        </span>
      )}
      <span class="ui-button__face">
        {icon && <Icon of={icon} />}
        {children}
        {iconAfter && <Icon of={iconAfter} />}
      </span>
    </button>
  );
}

export type IconButtonProps = Native & {
  /** what it does: read out, and shown as a tooltip */
  label: string;
  icon: IconShape;
  size?: ControlSize;
  variant?: ButtonVariant;
  /** for what can be on or off */
  pressed?: boolean;
  /** shown in the tooltip: `Mod+K` */
  keys?: string;
  iconSize?: number;
};

export function IconButton(props: IconButtonProps) {
  const {
    label,
    icon,
    size = 'm',
    variant = 'quiet',
    pressed,
    keys,
    iconSize,
    class: className,
    ...native
  } = props;
  return (
    <button
      type="button"
      data-tooltip={label}
      data-tooltip-keys={keys}
      {...native}
      class={classNames('ui-button', 'ui-button--icon', className)}
      data-variant={variant}
      data-size={size}
      aria-label={label}
      aria-pressed={pressed}
    >
      <Icon of={icon} size={iconSize ?? (size === 'l' ? 20 : 18)} />
    </button>
  );
}
