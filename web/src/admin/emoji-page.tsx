import { MainFrame } from '../app/main-frame.tsx';
import { useWords } from '../language/index.ts';
import { EmojiSection } from './emoji-section.tsx';
import './emoji-section.css';

/** The workspace's own emoji; everybody may add some. */
export function EmojiPage() {
  const words = useWords().admin.sections;
  return (
    <MainFrame title={words.emoji}>
      <div class="main-frame__scroll">
        <div class="emoji-page">
          <EmojiSection />
        </div>
      </div>
    </MainFrame>
  );
}
