import type {
  ComponentChildren,
  InputHTMLAttributes,
  PartialInputHTMLAttributes,
  PartialSelectHTMLAttributes,
  TargetedInputEvent,
  TextareaHTMLAttributes,
} from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { ChevronsUpDown } from 'lucide';
import { classNames } from './class-names.ts';
import { Icon, type IconShape } from './icon.tsx';
import './field.css';

type FieldProps = {
  class?: string | undefined;
  label: string;
  /** the label is read out but not shown */
  hideLabel?: boolean;
  hint?: ComponentChildren;
  /** what is wrong and what to do; the field is marked as wrong while it is there */
  error?: string | undefined;
};

type Named = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean };

/** Label above, hint or error below; gives the control what ties it to them. */
function Field({
  label,
  hideLabel,
  hint,
  error,
  children,
}: FieldProps & { children: (named: Named) => ComponentChildren }) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div class="ui-field">
      <label class={hideLabel === true ? 'visually-hidden' : 'ui-field__label'} for={id}>
        {label}
      </label>
      {children({
        id,
        'aria-describedby': note === undefined ? undefined : noteId,
        'aria-invalid': error !== undefined,
      })}
      {note !== undefined && (
        <p
          id={noteId}
          class="ui-field__note"
          data-error={error !== undefined}
          role={error === undefined ? undefined : 'alert'}
        >
          {note}
        </p>
      )}
    </div>
  );
}

export type TextFieldProps = Omit<
  PartialInputHTMLAttributes<HTMLInputElement>,
  'label' | 'icon' | 'size' | 'type' | 'class' | 'className'
> &
  FieldProps & {
    type?: 'text' | 'email' | 'password' | 'search' | 'url' | 'tel' | 'number' | 'time';
    icon?: IconShape;
    /** inside the field, after the text: a button, a unit */
    after?: ComponentChildren;
    onText?: (text: string) => void;
  };

export function TextField(props: TextFieldProps) {
  const { label, hideLabel, hint, error, icon, after, onText, class: className, ...native } = props;
  const onInput = (event: TargetedInputEvent<HTMLInputElement>): void => {
    native.onInput?.(event);
    onText?.(event.currentTarget.value);
  };
  return (
    <Field {...fieldProps({ label, hideLabel, hint, error })}>
      {(named) => (
        <span class={classNames('ui-input', className)}>
          {icon && <Icon of={icon} class="ui-input__icon" />}
          <input {...({ type: 'text', ...native, ...named, onInput } as InputHTMLAttributes)} />
          {after}
        </span>
      )}
    </Field>
  );
}

export type TextAreaProps = Omit<TextareaHTMLAttributes, 'label' | 'class' | 'className'> &
  FieldProps & {
    rowsMin?: number;
    /** grows with its text up to here, then scrolls */
    rowsMax?: number;
    onText?: (text: string) => void;
  };

export function TextArea(props: TextAreaProps) {
  const {
    label,
    hideLabel,
    hint,
    error,
    rowsMin = 3,
    rowsMax = 10,
    onText,
    class: className,
    ...native
  } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => fitToText(area.current));
  return (
    <Field {...fieldProps({ label, hideLabel, hint, error })}>
      {(named) => (
        <span class={classNames('ui-input', 'ui-input--area', className)}>
          <textarea
            rows={rowsMin}
            {...native}
            {...named}
            ref={area}
            style={{ '--rows-min': String(rowsMin), '--rows-max': String(rowsMax) }}
            onInput={(event) => {
              native.onInput?.(event);
              fitToText(event.currentTarget);
              onText?.(event.currentTarget.value);
            }}
          />
        </span>
      )}
    </Field>
  );
}

/** For browsers that do not know `field-sizing`. */
export function fitToText(area: HTMLTextAreaElement | null): void {
  if (area === null || CSS.supports('field-sizing', 'content')) return;
  area.style.blockSize = 'auto';
  area.style.blockSize = `${area.scrollHeight}px`;
}

export type SelectProps<Value extends string> = Omit<
  PartialSelectHTMLAttributes<HTMLSelectElement>,
  'label' | 'value' | 'size' | 'role' | 'class' | 'className'
> &
  FieldProps & {
    value: Value;
    options: readonly { value: Value; label: string; disabled?: boolean }[];
    onValue: (value: Value) => void;
  };

/** The system's own list: right on every device. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, hideLabel, hint, error, value, options, onValue, class: className, ...native } = props;
  return (
    <Field {...fieldProps({ label, hideLabel, hint, error })}>
      {(named) => (
        <span class={classNames('ui-input', 'ui-input--select', className)}>
          <select
            {...native}
            {...named}
            value={value}
            onChange={(event) => {
              const chosen = options[event.currentTarget.selectedIndex];
              if (chosen !== undefined) onValue(chosen.value);
            }}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value} disabled={option.disabled}>
                {option.label}
              </option>
            ))}
          </select>
          <Icon of={ChevronsUpDown} size={14} class="ui-input__chevron" />
        </span>
      )}
    </Field>
  );
}

type Loose<T> = { [Key in keyof T]: T[Key] | undefined };

function fieldProps({ label, hideLabel, hint, error }: Loose<FieldProps> & { label: string }): FieldProps {
  return { label, hideLabel: hideLabel === true, error, ...(hint === undefined ? {} : { hint }) };
}
