import { KeyRound, Plus } from 'lucide';
import type { Token } from '@confab/protocol';
import { useApp, type App } from '../app/app-context.ts';
import { ListOf } from '../app/list-states.tsx';
import { Sentence, useWords, type Words } from '../language/index.ts';
import { now, type TimeFormat } from '../platform/index.ts';
import { Tag } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { ago } from './ago.ts';
import { openCreateToken } from './create-token.tsx';
import { Panel } from './panel.tsx';
import { useWholeList } from './use-whole-list.ts';

/** Keys for programs that act as oneself. */
export function TokensSection() {
  const app = useApp();
  const { client } = app;
  const words = useWords().settings.tokens;
  const tokens = useWholeList<Token>(async () => (await client.call('token.list', {})).tokens);
  const create = (
    <Button variant="primary" icon={Plus} onClick={() => openCreateToken(app, tokens.reload)}>
      {words.create}
    </Button>
  );
  return (
    <Panel
      title={words.title}
      note={
        <Sentence
          text={words.note}
          parts={{
            reference: (
              <a href="/api/v1" target="_blank">
                {words.reference}
              </a>
            ),
          }}
        />
      }
      actions={tokens.items.length > 0 && create}
    >
      <ListOf
        pages={tokens}
        label={words.list}
        class="rows"
        render={(token) => <TokenRow key={token.id} token={token} onRevoked={tokens.reload} />}
        empty={
          <EmptyState icon={KeyRound} title={words.none} actions={create}>
            {words.noneNote}
          </EmptyState>
        }
      />
    </Panel>
  );
}

function TokenRow({ token, onRevoked }: { token: Token; onRevoked: () => void }) {
  const app = useApp();
  const time = app.time.value;
  const words = useWords();
  const said = words.settings.tokens;
  const isOver = token.expiresAt !== null && token.expiresAt <= now();
  return (
    <li>
      <span class="rows__icon">
        <Icon of={KeyRound} size={18} />
      </span>
      <span class="rows__words">
        <span class="rows__name">
          {token.name}
          {token.scopes.map((scope) => (
            <Tag key={scope} tone={scope === 'admin' ? 'warning' : 'neutral'}>
              {said.scopes[scope]}
            </Tag>
          ))}
          {isOver && <Tag tone="danger">{said.expired}</Tag>}
        </span>
        <span class="rows__note">
          {[usedWords(token, time, words), endWords(token, time, words)].join(' · ')}
        </span>
      </span>
      <Button
        variant="danger-quiet"
        onClick={() => confirmRevoke(app, token, onRevoked)}
        aria-label={said.revokeWhich(token.name)}
      >
        {isOver ? said.remove : said.revoke}
      </Button>
    </li>
  );
}

function usedWords({ lastUsedAt }: Token, time: TimeFormat, words: Words): string {
  const { neverUsed, lastUsed } = words.settings.tokens;
  return lastUsedAt === null ? neverUsed : lastUsed(ago(lastUsedAt, time, words));
}

function endWords({ expiresAt }: Token, time: TimeFormat, words: Words): string {
  const { neverExpires, expires, expiredWhen } = words.settings.tokens;
  if (expiresAt === null) return neverExpires;
  return (expiresAt <= now() ? expiredWhen : expires)(time.relative(expiresAt));
}

function confirmRevoke(app: App, { id, name }: Token, onRevoked: () => void): void {
  const words = app.words.value.settings.tokens;
  app.dialogs.show((close) => (
    <ConfirmDialog
      title={words.revokeTitle(name)}
      confirmLabel={words.revokeToken}
      danger
      onConfirm={async () => {
        if (await app.attempt(app.client.call('token.revoke', { tokenId: id }))) onRevoked();
      }}
      onClose={close}
    >
      {words.revokeNote}
    </ConfirmDialog>
  ));
}
