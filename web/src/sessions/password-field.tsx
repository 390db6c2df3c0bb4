import { useState } from 'preact/hooks';
import { Eye, EyeOff } from 'lucide';
import { limits } from '@confab/protocol/limits';
import { useWords } from '../language/index.ts';
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

export function PasswordField({ label, value, onText, error, fresh = false }: PasswordFieldProps) {
  const words = useWords().sessions.password;
  const [shown, setShown] = useState(false);
  return (
    <TextField
      label={label ?? words.label}
      type={shown ? 'text' : 'password'}
      name="password"
      autoComplete={fresh ? 'new-password' : 'current-password'}
      value={value}
      onText={onText}
      error={error}
      maxLength={limits.passwordCharsMax}
      {...(fresh ? { hint: words.hint(limits.passwordCharsMin) } : {})}
      after={
        <IconButton
          size="s"
          label={shown ? words.hide : words.show}
          icon={shown ? EyeOff : Eye}
          onClick={() => setShown(!shown)}
        />
      }
    />
  );
}
