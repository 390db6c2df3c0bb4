import { ShieldAlert, ShieldEllipsis } from 'lucide';
import type { FileInfo } from '@confab/protocol';
import { useWords, type Words } from '../language/index.ts';
import { Icon } from '../ui/icon.tsx';

/** Why nothing of a file is served; nothing for one that is. */
export function CheckNote({ file }: { file: FileInfo }) {
  const words = useWords();
  if (file.check === undefined) return null;
  return (
    <span class="file-card__check" data-check={file.check}>
      <Icon of={file.check === 'waiting' ? ShieldEllipsis : ShieldAlert} size={14} />
      {checkText(words, { check: file.check, finding: file.finding })}
    </span>
  );
}

/** What the virus scanner's answer means for a file, in a sentence. */
export function checkText(
  words: Words,
  { check, finding }: { check: NonNullable<FileInfo['check']>; finding?: string | undefined },
): string {
  const said = words.files.check;
  if (check === 'waiting') return said.waiting;
  return check === 'too_large' ? said.tooLarge : said.infected(finding ?? '');
}
