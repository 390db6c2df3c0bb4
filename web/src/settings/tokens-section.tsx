import { KeyRound, Plus } from 'lucide';
import type { Token } from '@confab/protocol';
import { useApp, type App } from '../app/app-context.ts';
import { ListOf } from '../app/list-states.tsx';
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
  const tokens = useWholeList<Token>(async () => (await client.call('token.list', {})).tokens);
  const create = (
    <Button variant="primary" icon={Plus} onClick={() => openCreateToken(app, tokens.reload)}>
      Create a token
    </Button>
  );
  return (
    <Panel
      title="Keys for your programs"
      note={
        <>
          With a token a script or a bot acts as you. What it can call is in the{' '}
          <a href="/api/v1" target="_blank">
            reference
          </a>
          .
        </>
      }
      actions={tokens.items.length > 0 && create}
    >
      <ListOf
        pages={tokens}
        label="Access tokens"
        class="rows"
        render={(token) => <TokenRow key={token.id} token={token} onRevoked={tokens.reload} />}
        empty={
          <EmptyState icon={KeyRound} title="No tokens yet" actions={create}>
            Make one when a program needs to read or write here for you.
          </EmptyState>
        }
      />
    </Panel>
  );
}

const scopeNames = { read: 'Read', write: 'Write', admin: 'Administer' } as const;

function TokenRow({ token, onRevoked }: { token: Token; onRevoked: () => void }) {
  const app = useApp();
  const time = app.time.value;
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
              {scopeNames[scope]}
            </Tag>
          ))}
          {isOver && <Tag tone="danger">Expired</Tag>}
        </span>
        <span class="rows__note">{[usedWords(token, time), endWords(token, time)].join(' · ')}</span>
      </span>
      <Button
        variant="danger-quiet"
        onClick={() => confirmRevoke(app, token, onRevoked)}
        aria-label={`Revoke ${token.name}`}
      >
        {isOver ? 'Remove' : 'Revoke'}
      </Button>
    </li>
  );
}

function usedWords({ lastUsedAt }: Token, time: TimeFormat): string {
  return lastUsedAt === null ? 'Never used' : `Last used ${ago(lastUsedAt, time)}`;
}

function endWords({ expiresAt }: Token, time: TimeFormat): string {
  if (expiresAt === null) return 'never expires';
  return `${expiresAt <= now() ? 'expired' : 'expires'} ${time.relative(expiresAt)}`;
}

function confirmRevoke(app: App, { id, name }: Token, onRevoked: () => void): void {
  app.dialogs.show((close) => (
    <ConfirmDialog
      title={`Revoke “${name}”?`}
      confirmLabel="Revoke token"
      danger
      onConfirm={async () => {
        if (await app.attempt(app.client.call('token.revoke', { tokenId: id }))) onRevoked();
      }}
      onClose={close}
    >
      Whatever uses it stops working at once. This cannot be undone.
    </ConfirmDialog>
  ));
}
