/**
 * The components every screen is made of: how they look, how they are reached by keyboard, what they say to a screen reader.
 * Promises: colours, sizes and spaces from styles/tokens.css only; no inline styles but custom properties and measures; no HTML strings.
 * Refuses to know: rooms, messages, people, the server.
 */
export { createAnnouncer, type Announcer } from './announcer.tsx';
export { Avatar, AvatarStack, faceOf, initialsOf, StatusDot, type DotTone } from './avatar.tsx';
export { Badge, Tag, type TagTone } from './badge.tsx';
export {
  Button,
  IconButton,
  type ButtonProps,
  type ButtonVariant,
  type ControlSize,
  type IconButtonProps,
} from './button.tsx';
export { Checkbox, RadioGroup, Switch } from './choice.tsx';
export { classNames } from './class-names.ts';
export { Combobox } from './combobox.tsx';
export { ConfirmDialog, Dialog, ModalFrame, type DialogProps } from './dialog.tsx';
export { EmojiPicker, type EmojiPickerProps } from './emoji-picker.tsx';
export type { EmojiChoice, OwnEmoji } from './emoji-rows.ts';
export { EmptyState } from './empty-state.tsx';
export {
  fitToText,
  Select,
  TextArea,
  TextField,
  type SelectProps,
  type TextAreaProps,
  type TextFieldProps,
} from './field.tsx';
export { Icon, type IconShape } from './icon.tsx';
export { Keys } from './keys.tsx';
export { Listbox, OptionFace } from './listbox.tsx';
export {
  Menu,
  MenuButton,
  MenuChoice,
  MenuGroup,
  MenuItem,
  MenuSeparator,
  type MenuTrigger,
} from './menu.tsx';
export { Palette } from './palette.tsx';
export { PaneResizer } from './pane-resizer.tsx';
export { anchorAt, Popover, type Anchor, type Placement, type PopoverProps } from './popover.tsx';
export { isRightToLeft, isTyping, useRovingFocus } from './roving-focus.ts';
export { createShortcuts, namesOfKeys, useShortcuts, type Shortcut, type Shortcuts } from './shortcuts.ts';
export { Skeleton, SkeletonText } from './skeleton.tsx';
export { Delayed, Spinner } from './spinner.tsx';
export { Tabs } from './tabs.tsx';
export { TimelineList, type TimelineListHandle, type TimelineListProps } from './timeline-list.tsx';
export type { VisibleRange } from './timeline-scroll.ts';
export { createToasts, type Toast, type Toasts } from './toasts.ts';
export { useUi, type Ui } from './ui-context.ts';
export { UiRoot } from './ui-root.tsx';
export { useListbox, type ListboxOptions, type ListboxState } from './use-listbox.ts';
export { VirtualList, type VirtualListHandle } from './virtual-list.tsx';
