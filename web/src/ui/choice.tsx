import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Check, Minus } from 'lucide';
import { Icon } from './icon.tsx';
import './choice.css';

type ChoiceProps = {
  label: ComponentChildren;
  hint?: ComponentChildren;
  checked: boolean;
  onChecked: (checked: boolean) => void;
  disabled?: boolean;
};

/** On or off, at once. The label stands before it, as in a list of settings. */
export function Switch({ label, hint, checked, onChecked, disabled = false }: ChoiceProps) {
  const id = useId();
  return (
    <label class="ui-choice ui-choice--switch" data-disabled={disabled}>
      <ChoiceText id={id} label={label} hint={hint} />
      <input
        type="checkbox"
        role="switch"
        class="ui-switch"
        checked={checked}
        disabled={disabled}
        aria-labelledby={`${id}-label`}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChecked(event.currentTarget.checked)}
      />
    </label>
  );
}

/** `mixed`: some of what it stands for are chosen. */
export function Checkbox({
  label,
  hint,
  checked,
  onChecked,
  disabled = false,
  mixed = false,
}: ChoiceProps & { mixed?: boolean }) {
  const id = useId();
  return (
    <label class="ui-choice" data-disabled={disabled}>
      <span class="ui-check">
        <input
          type="checkbox"
          checked={checked}
          indeterminate={mixed}
          disabled={disabled}
          aria-labelledby={`${id}-label`}
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
          onChange={(event) => onChecked(event.currentTarget.checked)}
        />
        <Icon of={mixed ? Minus : Check} size={14} />
      </span>
      <ChoiceText id={id} label={label} hint={hint} />
    </label>
  );
}

type RadioGroupProps<Value extends string> = {
  label: string;
  /** the label is read out but not shown: a heading says the same */
  hideLabel?: boolean;
  value: Value;
  options: readonly {
    value: Value;
    label: ComponentChildren;
    hint?: ComponentChildren;
    disabled?: boolean;
  }[];
  onValue: (value: Value) => void;
};

/** One of few, all of them worth seeing. */
export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  const { label, hideLabel, value, options, onValue } = props;
  const id = useId();
  return (
    <fieldset class="ui-radios">
      <legend class={hideLabel === true ? 'visually-hidden' : 'ui-field__label'}>{label}</legend>
      {options.map((option) => (
        <label key={option.value} class="ui-choice" data-disabled={option.disabled === true}>
          <span class="ui-check ui-check--radio">
            <input
              type="radio"
              name={id}
              checked={option.value === value}
              disabled={option.disabled}
              aria-labelledby={`${id}-${option.value}-label`}
              onChange={() => onValue(option.value)}
            />
          </span>
          <ChoiceText id={`${id}-${option.value}`} label={option.label} hint={option.hint} />
        </label>
      ))}
    </fieldset>
  );
}

function ChoiceText({ id, label, hint }: { id: string; label: ComponentChildren; hint: ComponentChildren }) {
  return (
    <span class="ui-choice__text">
      <span id={`${id}-label`}>{label}</span>
      {hint !== undefined && (
        <span id={`${id}-hint`} class="ui-field__note">
          {hint}
        </span>
      )}
    </span>
  );
}
