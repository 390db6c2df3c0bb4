/** One piece of running text. `text` may hold any character; a renderer must treat it as text. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'strong' | 'emphasis' | 'strike'; children: Inline[] }
  | { kind: 'code'; text: string }
  /** `href` begins with http://, https:// or mailto: and holds no space or control character. No link, mention or room inside. */
  | { kind: 'link'; href: string; children: Inline[] }
  /** A handle as it was written, without the @. Handles compare without case. */
  | { kind: 'mention'; handle: string }
  | { kind: 'everyone'; who: 'all' | 'here' }
  /** A room name as it was written, without the #. Whether there is such a room is not known here. */
  | { kind: 'room'; name: string }
  /** Without the colons. Whether there is such an emoji is not known here. */
  | { kind: 'emoji'; shortcode: string }
  | { kind: 'break' };

export type Align = 'start' | 'center' | 'end';

export type ListItem = {
  /** null when the item is not a task */
  checked: boolean | null;
  blocks: Block[];
};

export type Block =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'heading'; level: number; children: Inline[] }
  | { kind: 'list'; ordered: boolean; start: number; items: ListItem[] }
  | { kind: 'quote'; blocks: Block[] }
  /** `language` is what follows the fence, or '' */
  | { kind: 'code'; language: string; text: string }
  /** Every row has as many cells as the header. */
  | { kind: 'table'; align: Align[]; header: Inline[][]; rows: Inline[][][] }
  | { kind: 'rule' };
