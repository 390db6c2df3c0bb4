import { useState } from 'preact/hooks';
import { Search, UserPlus, UserSearch } from 'lucide';
import type { Account } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { ListOf } from '../app/list-states.tsx';
import { usePages, type Paged } from '../app/use-pages.ts';
import { useWords } from '../language/index.ts';
import { useAgainWhenLive } from '../settings/use-whole-list.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { TextField } from '../ui/field.tsx';
import { AccountRow } from './account-row.tsx';
import { openAddPerson } from './add-person.tsx';
import './people-section.css';

/** Everybody who has an account, those who were deactivated too. */
export function PeopleSection() {
  const app = useApp();
  const { people: words, sections } = useWords().admin;
  const [search, setSearch] = useState('');
  const { accounts, total } = useAccounts(search.trim());
  return (
    <div class="admin-list">
      <div class="admin-list__head">
        <TextField
          label={words.search}
          hideLabel
          type="search"
          icon={Search}
          placeholder={words.searchHint}
          value={search}
          onText={setSearch}
        />
        <Button variant="primary" icon={UserPlus} onClick={() => openAddPerson(app, accounts.reload)}>
          {words.add}
        </Button>
      </div>
      <p class="admin-list__count" role="status">
        {total !== null && words.count(total)}
      </p>
      <ListOf
        pages={accounts}
        label={sections.people}
        class="rows accounts"
        render={(account) => <AccountRow key={account.user.id} account={account} />}
        empty={<EmptyState icon={UserSearch} title={words.none(search.trim())} />}
      />
    </div>
  );
}

function useAccounts(search: string): { accounts: Paged<Account>; total: number | null } {
  const { client } = useApp();
  const [total, setTotal] = useState<number | null>(null);
  const accounts = usePages<Account>(search, async (cursor) => {
    const page = await client.call('user.listAccounts', {
      ...(search === '' ? {} : { search }),
      ...(cursor === null ? {} : { cursor }),
    });
    setTotal(page.total);
    return { items: page.accounts, next: page.next };
  });
  useAgainWhenLive(accounts);
  return { accounts, total };
}
