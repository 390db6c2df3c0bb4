import type { ComponentChildren } from 'preact';
import type { ListboxState } from './use-listbox.ts';
import './listbox.css';

type ListboxProps<T> = {
  list: ListboxState<T>;
  label: string;
  /** one row: whatever it needs; `.ui-option__*` classes give the usual look */
  render: (item: T, state: { active: boolean }) => ComponentChildren;
  /** items that follow each other and say the same are under one heading */
  groupOf?: (item: T) => string;
  /** in place of no items */
  empty?: ComponentChildren;
};

type Run<T> = { group: string; rows: { item: T; index: number }[] };

/** Draws what `useListbox` keeps. Pressing a row does not take the focus from the text field. */
export function Listbox<T>({ list, label, render, groupOf, empty }: ListboxProps<T>) {
  const runs = groupRuns(list.items, groupOf);
  const row = ({ item, index }: Run<T>['rows'][number]) => (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are pressed in the text field
    <div
      key={list.keyOf(item)}
      id={list.optionId(index)}
      role="option"
      tabIndex={-1}
      class="ui-option"
      aria-selected={index === list.active}
      onPointerMove={() => {
        if (index !== list.active) list.setActive(index);
      }}
      onClick={(event) => list.pick(index, event)}
    >
      {render(item, { active: index === list.active })}
    </div>
  );
  return (
    <>
      <div
        id={list.listId}
        role="listbox"
        aria-label={label}
        class="ui-listbox"
        onPointerDown={(event) => event.preventDefault()}
      >
        {runs.map(({ group, rows }) =>
          group === '' ? (
            rows.map(row)
          ) : (
            <div key={group} role="group" aria-label={group}>
              <div class="ui-listbox__label" aria-hidden="true">
                {group}
              </div>
              {rows.map(row)}
            </div>
          ),
        )}
      </div>
      {list.items.length === 0 && empty !== undefined && <div class="ui-listbox__empty">{empty}</div>}
    </>
  );
}

function groupRuns<T>(items: readonly T[], groupOf: ((item: T) => string) | undefined): Run<T>[] {
  const runs: Run<T>[] = [];
  for (const [index, item] of items.entries()) {
    const group = groupOf?.(item) ?? '';
    const last = runs.at(-1);
    if (last?.group === group) last.rows.push({ item, index });
    else runs.push({ group, rows: [{ item, index }] });
  }
  return runs;
}

type OptionProps = {
  before?: ComponentChildren;
  children: ComponentChildren;
  detail?: ComponentChildren;
  after?: ComponentChildren;
};

/** The usual row: something small, a name, a fainter detail, something at the end. */
export function OptionFace({ before, children, detail, after }: OptionProps) {
  return (
    <>
      {before !== undefined && <span class="ui-option__before">{before}</span>}
      <span class="ui-option__text">
        <span class="ui-option__name">{children}</span>
        {detail !== undefined && <span class="ui-option__detail">{detail}</span>}
      </span>
      {after !== undefined && <span class="ui-option__after">{after}</span>}
    </>
  );
}
