import type { TargetedSubmitEvent } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Refused } from '@confab/client';
import { refusalText, useWords, type Words } from '../language/index.ts';

/** What is wrong, by field; `form` is what concerns no single one. */
export type Problems<Field extends string> = Partial<Record<Field | 'form', string>>;

export interface Submission<Field extends string> {
  readonly problems: Problems<Field>;
  readonly busy: boolean;
  /** For the form itself. */
  readonly form: {
    ref: { current: HTMLFormElement | null };
    noValidate: true;
    onSubmit: (event: TargetedSubmitEvent<HTMLFormElement>) => void;
  };
}

/**
 * Sends a form once it has nothing wrong. What is wrong is shown in place, and the first of it gets the focus.
 * `explain` says which field a refusal is about; what it does not know is shown for the whole form.
 */
export function useSubmit<Field extends string>(options: {
  check: () => Problems<Field>;
  submit: () => Promise<void>;
  explain?: (refused: Refused) => Problems<Field> | undefined;
}): Submission<Field> {
  const words = useWords();
  const [problems, setProblems] = useState<Problems<Field>>({});
  const [busy, setBusy] = useState(false);
  const ref = useRef<HTMLFormElement>(null);

  useLayoutEffect(() => {
    if (Object.keys(problems).length === 0) return;
    ref.current?.querySelector<HTMLElement>('[aria-invalid=true], [data-problem]')?.focus();
  }, [problems]);

  async function send(): Promise<void> {
    setBusy(true);
    try {
      await options.submit();
      setProblems({});
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setProblems(options.explain?.(error) ?? problemOf(words, error));
    } finally {
      setBusy(false);
    }
  }

  return {
    problems,
    busy,
    form: {
      ref,
      noValidate: true,
      onSubmit(event) {
        event.preventDefault();
        if (busy) return;
        const wrong = options.check();
        setProblems(wrong);
        if (Object.values(wrong).every((text) => text === undefined)) void send();
      },
    },
  };
}

/** A refusal that names a field is shown there, any other for the whole form. */
function problemOf<Field extends string>(words: Words, refused: Refused): Problems<Field> {
  return { form: refusalText(words, refused) } as Problems<Field>;
}

/** The field a refusal names, without the slashes of a path. */
export function fieldOf({ data }: Refused): string | null {
  const name = data['field'] ?? data['path'];
  return typeof name === 'string' ? name.replaceAll('/', '') : null;
}
