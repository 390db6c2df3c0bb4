import { MainFrame } from '../app/main-frame.tsx';
import { EmojiSection } from './emoji-section.tsx';
import './emoji-section.css';

/** The workspace's own emoji; everybody may add some. */
export function EmojiPage() {
  return (
    <MainFrame title="Custom emoji">
      <div class="main-frame__scroll">
        <div class="emoji-page">
          <EmojiSection />
        </div>
      </div>
    </MainFrame>
  );
}
