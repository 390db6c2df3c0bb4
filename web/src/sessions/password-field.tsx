import { useState } from 'preact/hooks';
import { Eye, EyeOff } from 'lucide';
import { limits } from '@confab/protocol/limits';
import { IconButton } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';

type PasswordFieldProps = {
  label?: string;
  value: string;
  onText: (text: string) => void;
  error: string | undefined;
  /** whether it is being chosen or known */
  fresh?: boolean;
};

export function PasswordField({
  label = 'Password',
  value,
  onText,
  error,
  fresh = false,
}: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  return (
    <TextField
      label={label}
      type={shown ? 'text' : 'password'}
      name="password"
      autoComplete={fresh ? 'new-password' : 'current-password'}
      value={value}
      onText={onText}
      error={error}
      maxLength={limits.passwordCharsMax}
      {...(fresh
        ? { hint: `At least ${limits.passwordCharsMin} characters. A few words are easy to remember.` }
        : {})}
      after={
        <IconButton
          size="s"
          label={shown ? 'Hide the password' : 'Show the password'}
          icon={shown ? EyeOff : Eye}
          onClick={() => setShown(!shown)}
        />
      }
    />
  );
}
