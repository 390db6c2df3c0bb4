import { useMemo } from 'preact/hooks';
import { loadEmojiTable } from '@confab/protocol/emoji';
import { parseMarkdown } from '@confab/protocol/markdown';
import { signal } from '@preact/signals';
import { createHighlighter, Markdown, MarkdownContext } from '../markdown/index.ts';
import { Section } from './section.tsx';

const source = `# Release 2.4 is out
Thanks **everybody**, and especially @grace and @me :tada: Details in #releases.
> We shipped *two weeks early*, ~~without~~ with all the tests.

- faster search
- threads that stay in sync
  - also on [phones](https://example.org/phones)
1. Read https://example.org/notes
2. Try it

- [x] Write the notes
- [ ] Tell the customers

| Room | Members | Messages |
|:-----|:-------:|--------:|
| general | 1,204 | 98,120 |
| design | 48 | 12,004 |

Inline \`const answer = 42\` and a block:

\`\`\`ts
/** Says hello. */
export async function greet(name: string, times = 3): Promise<void> {
  for (let i = 0; i < times; i += 1) await say(\`Hello, \${name}!\`); // politely
  return undefined;
}
\`\`\`

---
<b>Not bold</b>, and مرحبا بالعالم`;

const diff = '```diff\n- const port = 80\n+ const port = 8080\n```';

export function Texts() {
  const surroundings = useMemo(() => {
    const emoji = signal(new Map<string, string>());
    void loadEmojiTable().then((table) => {
      emoji.value = new Map(['tada', 'wave'].map((code) => [code, table.byShortcode(code)?.character ?? '']));
    });
    return {
      mention: (handle: string) => (
        <a class="md-mention" href={`#${handle}`} data-own={handle === 'me'}>
          @{handle}
        </a>
      ),
      everyone: (who: string) => <span class="md-mention">@{who}</span>,
      room: (name: string) => (
        <a class="md-mention" href={`#${name}`}>
          #{name}
        </a>
      ),
      emoji: (shortcode: string) => emoji.value.get(shortcode) ?? null,
      highlighter: createHighlighter(),
    };
  }, []);
  return (
    <MarkdownContext.Provider value={surroundings}>
      <Section title="Markdown" wide>
        <Markdown blocks={parseMarkdown(source)} />
        <Markdown blocks={parseMarkdown(diff)} />
        <Markdown blocks={parseMarkdown('🎉 🚀')} />
      </Section>
    </MarkdownContext.Provider>
  );
}
