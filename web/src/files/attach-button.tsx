import { useRef } from 'preact/hooks';
import { Paperclip } from 'lucide';
import { useWords } from '../language/index.ts';
import { IconButton } from '../ui/button.tsx';

/** Asks for files of any kind. */
export function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const words = useWords().files;
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton size="s" label={words.attach} icon={Paperclip} onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // So that the same file can be chosen again.
          event.currentTarget.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
