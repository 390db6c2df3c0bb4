import { ArrowDown, ArrowUp, FolderPlus, Pencil, Trash2 } from 'lucide';
import type { Section } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { Menu, MenuChoice, MenuGroup, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import type { Anchor } from '../ui/popover.tsx';
import { mayMoveSection, moveSectionBy, sectionTitle, sortSection } from './arrange.ts';
import { isBuiltIn } from './arrangement.ts';
import { confirmDeleteSection, openSectionDialog } from './section-dialog.tsx';

const sorts: readonly Section['sort'][] = ['recent', 'name', 'hand'];

type SectionMenuProps = { section: Section; anchor: Anchor; onClose: () => void };

/** How a section is sorted, where it stands, what it is called. */
export function SectionMenu({ section, anchor, onClose }: SectionMenuProps) {
  const app = useApp();
  const words = useWords().sidebar.arrange;
  const { id } = section;
  return (
    <Menu
      label={sectionTitle(app, section)}
      anchor={anchor}
      placement={anchor instanceof HTMLElement ? 'bottom-end' : 'bottom-start'}
      onClose={onClose}
    >
      <MenuGroup label={words.sort}>
        {sorts.map((sort) => (
          <MenuChoice
            key={sort}
            kind="radio"
            checked={section.sort === sort}
            onSelect={() => sortSection(app, id, sort)}
          >
            {words.sorts[sort]}
          </MenuChoice>
        ))}
      </MenuGroup>
      <MenuSeparator />
      <MenuItem
        icon={ArrowUp}
        keys="Mod+Shift+ArrowUp"
        disabled={!mayMoveSection(app, id, -1)}
        onSelect={() => moveSectionBy(app, id, -1)}
      >
        {words.moveUp}
      </MenuItem>
      <MenuItem
        icon={ArrowDown}
        keys="Mod+Shift+ArrowDown"
        disabled={!mayMoveSection(app, id, 1)}
        onSelect={() => moveSectionBy(app, id, 1)}
      >
        {words.moveDown}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={FolderPlus} onSelect={() => openSectionDialog(app)}>
        {words.create}
      </MenuItem>
      {!isBuiltIn(id) && (
        <>
          <MenuItem icon={Pencil} onSelect={() => openSectionDialog(app, { section })}>
            {words.rename}
          </MenuItem>
          <MenuItem icon={Trash2} danger onSelect={() => confirmDeleteSection(app, section)}>
            {words.remove}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
