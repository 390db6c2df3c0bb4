import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { Badge } from './badge.tsx';
import { Icon, type IconShape } from './icon.tsx';
import { useRovingFocus } from './roving-focus.ts';
import './tabs.css';

type Tab<Id extends string> = { id: Id; label: string; icon?: IconShape; count?: number };

type TabsProps<Id extends string> = {
  /** names the whole row */
  label: string;
  tabs: readonly Tab<Id>[];
  value: Id;
  onValue: (id: Id) => void;
  /** `line` under the head of a pane, `pills` as a choice among few */
  look?: 'line' | 'pills';
  /** what the chosen tab shows */
  children?: ComponentChildren;
};

/** Arrows go from tab to tab and choose at once. */
export function Tabs<Id extends string>({
  label,
  tabs,
  value,
  onValue,
  look = 'line',
  children,
}: TabsProps<Id>) {
  const id = useId();
  const row = useRef<HTMLDivElement>(null);
  useRovingFocus(row, { items: '[role=tab]', axis: 'inline', onFocus: (tab) => tab.click() });
  return (
    <>
      <div class="ui-tabs" role="tablist" aria-label={label} data-look={look} ref={row}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${id}-${tab.id}`}
            class="ui-tab"
            aria-selected={tab.id === value}
            aria-controls={children === undefined ? undefined : `${id}-panel`}
            tabIndex={tab.id === value ? 0 : -1}
            onClick={() => onValue(tab.id)}
          >
            {tab.icon && <Icon of={tab.icon} />}
            {tab.label}
            {tab.count !== undefined && <Badge count={tab.count} tone="neutral" />}
          </button>
        ))}
      </div>
      {children !== undefined && (
        <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${value}`} class="ui-tabpanel">
          {children}
        </div>
      )}
    </>
  );
}
