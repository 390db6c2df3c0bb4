import { useState } from 'preact/hooks';
import { X } from 'lucide';
import { useApp } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { withKeywords } from './keywords.ts';
import { usePreference } from './use-preference.ts';
import './notifications-section.css';

/** Words that notify like a mention. */
export function KeywordsField() {
  const { ui } = useApp();
  const words = useWords().settings.notifications;
  const [keywords, setKeywords] = usePreference('keywords', []);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const add = (): void => {
    const added = withKeywords(keywords, typed);
    if ('problem' in added) return setProblem(words.keywordProblems[added.problem]);
    setKeywords([...added.keywords]);
    setTyped('');
    return setProblem(undefined);
  };
  const remove = (word: string): void => {
    setKeywords(keywords.filter((one) => one !== word));
    ui.announcer.say(words.keywordRemoved(word));
  };
  return (
    <div class="panel__form">
      <form
        class="keywords__form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <TextField
          label={words.keyword}
          hint={words.keywordHint}
          error={problem}
          autoComplete="off"
          value={typed}
          onText={(text) => {
            setTyped(text);
            setProblem(undefined);
          }}
          after={
            <Button type="submit" variant="quiet" size="s">
              {words.addKeyword}
            </Button>
          }
        />
      </form>
      {keywords.length > 0 && (
        <ul class="keywords" aria-label={words.keywords}>
          {keywords.map((word) => (
            <li key={word} class="keywords__word">
              <span>{word}</span>
              <IconButton
                size="s"
                label={words.removeKeyword(word)}
                icon={X}
                iconSize={14}
                onClick={() => remove(word)}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
