import { Bell, CircleUser, Keyboard, KeyRound, Palette, ShieldCheck } from 'lucide';
import { useApp } from '../app/app-context.ts';
import type { PageProps } from '../app/pages.ts';
import { openShortcutList } from '../app/shortcut-list.tsx';
import { useWords, type Words } from '../language/index.ts';
import { AppearanceSection } from './appearance-section.tsx';
import { NotificationsSection } from './notifications-section.tsx';
import { ProfileSection } from './profile-section.tsx';
import { SectionButton, SectionsFrame, type Section } from './sections-frame.tsx';
import { SecuritySection } from './security-section.tsx';
import { TokensSection } from './tokens-section.tsx';

const sectionsOf = (words: Words['settings']['sections']): readonly Section[] => [
  { id: 'profile', label: words.profile, icon: CircleUser, draw: () => <ProfileSection /> },
  { id: 'appearance', label: words.appearance, icon: Palette, draw: () => <AppearanceSection /> },
  { id: 'notifications', label: words.notifications, icon: Bell, draw: () => <NotificationsSection /> },
  { id: 'security', label: words.security, icon: ShieldCheck, draw: () => <SecuritySection /> },
  { id: 'tokens', label: words.tokens, icon: KeyRound, draw: () => <TokensSection /> },
];

/** What is one's own: who one is here, how it looks, how one comes in. */
export function SettingsPage({ section }: PageProps) {
  const app = useApp();
  const words = useWords().settings;
  return (
    <SectionsFrame
      title={words.title}
      path="settings"
      sections={sectionsOf(words.sections)}
      section={section}
      also={
        <SectionButton
          label={words.sections.shortcuts}
          icon={Keyboard}
          onPress={() => openShortcutList(app)}
        />
      }
    />
  );
}
