import { useRef } from 'preact/hooks';
import { Button, type ButtonProps } from '../ui/button.tsx';
import { pictureTypes } from './picture-file.ts';

type FileButtonProps = Pick<ButtonProps, 'icon' | 'children' | 'variant' | 'autoFocus'> & {
  onFile: (file: File) => void;
};

/** A button that asks for one picture. */
export function FileButton({ onFile, ...button }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button {...button} onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        accept={pictureTypes}
        hidden
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // So that the same file can be chosen again.
          event.currentTarget.value = '';
          if (file) onFile(file);
        }}
      />
    </>
  );
}
