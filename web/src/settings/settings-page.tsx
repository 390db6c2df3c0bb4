import { BellOff, CircleUser, Keyboard, KeyRound, Palette, ShieldCheck } from 'lucide';
import { useApp } from '../app/app-context.ts';
import type { PageProps } from '../app/pages.ts';
import { openShortcutList } from '../app/shortcut-list.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { ProfileSection } from './profile-section.tsx';
import { QuietSection } from './quiet-section.tsx';
import { SectionButton, SectionsFrame, type Section } from './sections-frame.tsx';
import { SecuritySection } from './security-section.tsx';
import { TokensSection } from './tokens-section.tsx';

const sections: readonly Section[] = [
  { id: 'profile', label: 'Profile', icon: CircleUser, draw: () => <ProfileSection /> },
  { id: 'appearance', label: 'Appearance', icon: Palette, draw: () => <AppearanceSection /> },
  { id: 'quiet', label: 'Do not disturb', icon: BellOff, draw: () => <QuietSection /> },
  { id: 'security', label: 'Password and devices', icon: ShieldCheck, draw: () => <SecuritySection /> },
  { id: 'tokens', label: 'Access tokens', icon: KeyRound, draw: () => <TokensSection /> },
];

/** What is one's own: who one is here, how it looks, how one comes in. */
export function SettingsPage({ section }: PageProps) {
  const app = useApp();
  return (
    <SectionsFrame
      title="Settings"
      path="settings"
      sections={sections}
      section={section}
      also={
        <SectionButton label="Keyboard shortcuts" icon={Keyboard} onPress={() => openShortcutList(app)} />
      }
    />
  );
}
