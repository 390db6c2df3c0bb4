import type { ComponentChildren } from 'preact';
import { ChevronRight } from 'lucide';
import { useApp } from '../app/app-context.ts';
import { MainFrame } from '../app/main-frame.tsx';
import { Icon, type IconShape } from '../ui/icon.tsx';
import { PanelLevel } from './panel.tsx';
import './sections-frame.css';

export interface Section {
  /** in the address */
  readonly id: string;
  readonly label: string;
  readonly icon: IconShape;
  readonly draw: () => ComponentChildren;
}

type SectionsFrameProps = {
  title: string;
  /** the first word of the address */
  path: string;
  sections: readonly Section[];
  /** from the address; null for none */
  section: string | null;
  /** after the list of sections: what opens something else */
  also?: ComponentChildren;
};

/** A page with a list of sections beside the one that is shown. A phone shows first the list, then one section. */
export function SectionsFrame({ title, path, sections, section, also }: SectionsFrameProps) {
  const phone = useApp().ui.device.phone.value;
  const found = sections.find(({ id }) => id === section);
  const shown = found ?? (phone ? undefined : sections[0]);
  const list = <SectionList title={title} path={path} sections={sections} shown={shown} also={also} />;
  if (shown === undefined) {
    return (
      <MainFrame key="list" title={title}>
        <div class="sections-list">{list}</div>
      </MainFrame>
    );
  }
  return (
    <MainFrame key={phone ? shown.id : 'all'} title={phone ? shown.label : title}>
      <div class="sections">
        {!phone && list}
        <div class="sections__scroll" key={shown.id}>
          <div class="sections__body">
            {!phone && <h2 class="sections__title">{shown.label}</h2>}
            <PanelLevel.Provider value={phone ? 'h2' : 'h3'}>{shown.draw()}</PanelLevel.Provider>
          </div>
        </div>
      </div>
    </MainFrame>
  );
}

type SectionListProps = Pick<SectionsFrameProps, 'title' | 'path' | 'sections' | 'also'> & {
  shown: Section | undefined;
};

function SectionList({ title, path, sections, shown, also }: SectionListProps) {
  return (
    <nav class="sections__nav" aria-label={title}>
      {sections.map(({ id, label, icon }) => (
        <a
          key={id}
          href={`/${path}/${id}`}
          class="sections__link"
          aria-current={id === shown?.id ? 'page' : undefined}
        >
          <Icon of={icon} size={18} />
          <span>{label}</span>
          <Icon of={ChevronRight} size={16} class="sections__chevron" />
        </a>
      ))}
      {also}
    </nav>
  );
}

/** Looks like a section, but opens something over the page. */
export function SectionButton({
  label,
  icon,
  onPress,
}: {
  label: string;
  icon: IconShape;
  onPress: () => void;
}) {
  return (
    <button type="button" class="sections__link" onClick={onPress}>
      <Icon of={icon} size={18} />
      <span>{label}</span>
    </button>
  );
}
