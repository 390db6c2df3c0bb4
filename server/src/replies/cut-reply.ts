/** What of a mail its writer has written: without what mail programs put below and above it. Pure. */

const lineCharsMax = 1_000;

/** What begins that which is nobody's answer: a signature, or a message put below. */
const ends: readonly RegExp[] = [
  /^-- ?$/,
  /^-{3,} ?(original message|original appointment|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht|元のメッセージ|転送されたメッセージ) ?-{3,}$/i,
  /^_{10,}$/,
];
/** Programs that put the headers of what is answered below, without a mark. */
const headers = /^\*?(from|von|差出人|送信者) ?[:：]\*? /i;
const moreHeaders = /^\*?(sent|date|to|gesendet|datum|an|送信日時|日時|日付|宛先) ?[:：]\*? /i;
/** What stands above a quotation, on one line or broken into up to three. */
const attribution =
  /^(on|am|le|el|il|op|em)\b.{8,300}\b(wrote|schrieb|écrit|escribió|scritto|schreef|escreveu)\b.{0,200}:$|^.{4,300}(のメール|のメッセージ|は書きました|が書きました|のメール引用) ?[:：]$/i;
const sentFrom = /^(sent from my |von meinem .{2,40} gesendet|gesendet von |.{2,30}から送信$)/i;

/** @returns empty where nothing is left */
export function cutReply(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const end = lines.findIndex((line, index) => endsAt(line.slice(0, lineCharsMax).trimEnd(), lines, index));
  const kept = end === -1 ? lines : lines.slice(0, end);
  return withoutQuotation(kept).join('\n').trim();
}

function endsAt(line: string, lines: readonly string[], index: number): boolean {
  if (ends.some((one) => one.test(line))) return true;
  return headers.test(line) && lines.slice(index + 1, index + 5).some((next) => moreHeaders.test(next));
}

/** What is quoted at the end is what was answered; quotations between lines of one's own belong to them. */
function withoutQuotation(lines: readonly string[]): string[] {
  let kept = withoutBlankEnd(lines);
  if (sentFrom.test(kept.at(-1) ?? '')) kept = withoutBlankEnd(kept.slice(0, -1));
  kept = kept.slice(0, kept.findLastIndex((line) => line.trim() !== '' && !line.startsWith('>')) + 1);
  for (const count of [1, 2, 3]) {
    const said = kept
      .slice(-count)
      .map((line) => line.slice(0, lineCharsMax).trim())
      .join(' ');
    if (attribution.test(said)) kept = withoutBlankEnd(kept.slice(0, -count));
  }
  if (sentFrom.test(kept.at(-1) ?? '')) kept = kept.slice(0, -1);
  return kept;
}

function withoutBlankEnd(lines: readonly string[]): string[] {
  return lines.slice(0, lines.findLastIndex((line) => line.trim() !== '') + 1);
}
