import { languages, useWords } from '../language/index.ts';
import { useApp } from '../app/app-context.ts';
import { Select } from '../ui/field.tsx';
import { rememberDoorLanguage } from './door-language.ts';

/** The language of the pages before one is in; whoever then comes in keeps it. */
export function LanguageChoice() {
  const { memory, ui } = useApp();
  const words = useWords().sessions;
  const spoken = languages.find(({ tag }) => tag === ui.language.locale.value.split('-')[0]);
  return (
    <div class="door__language">
      <Select
        label={words.language}
        hideLabel
        value={spoken?.tag ?? 'en'}
        options={languages.map(({ tag, name }) => ({ value: tag, label: name }))}
        onValue={(tag) => {
          rememberDoorLanguage(memory, tag);
          void ui.language.choose(tag);
        }}
      />
    </div>
  );
}
