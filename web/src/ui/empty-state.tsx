import type { ComponentChildren } from 'preact';
import { Icon, type IconShape } from './icon.tsx';
import './empty-state.css';

type EmptyStateProps = {
  icon?: IconShape;
  title: string;
  /** what happened, what to do */
  children?: ComponentChildren;
  actions?: ComponentChildren;
};

/** In place of a list or a page that has nothing to show. */
export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <div class="ui-empty">
      {icon && (
        <span class="ui-empty__icon">
          <Icon of={icon} size={24} />
        </span>
      )}
      <h2>{title}</h2>
      {children !== undefined && <p>{children}</p>}
      {actions !== undefined && <div class="ui-empty__actions">{actions}</div>}
    </div>
  );
}
