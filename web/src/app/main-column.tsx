import { DraftsPage } from '../drafts/drafts-page.tsx';
import { BrowsePage } from '../rooms/browse.tsx';
import { useWords } from '../language/index.ts';
import { RoomPage } from '../rooms/room-page.tsx';
import { SavedPage } from '../saved/saved-page.tsx';
import { ThreadsPage } from '../threads/threads-page.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { MentionsPage } from '../unreads/mentions-page.tsx';
import { UnreadsPage } from '../unreads/unreads-page.tsx';
import { useApp } from './app-context.ts';
import { RowSkeletons } from './list-states.tsx';
import { MainFrame } from './main-frame.tsx';
import { lazyPages } from './lazy-pages.ts';

/** The page for the address. */
export function MainColumn() {
  const route = useApp().router.route.value;
  switch (route.name) {
    case 'room':
      return <RoomPage key={route.roomId} roomId={route.roomId} messageId={route.messageId} />;
    case 'unreads':
      return <UnreadsPage />;
    case 'threads':
      return <ThreadsPage />;
    case 'mentions':
      return <MentionsPage />;
    case 'drafts':
      return <DraftsPage />;
    case 'saved':
      return <SavedPage />;
    case 'browse':
      return <BrowsePage />;
    case 'page': {
      const Page = Object.hasOwn(lazyPages, route.page) ? lazyPages[route.page] : undefined;
      return Page ? <Page section={route.section} /> : <NoPage />;
    }
    case 'home':
    case 'join':
    case 'reset':
    case 'forgot':
    case 'unsubscribe':
      return <Waiting />;
  }
}

/** Until it is known which room to show. */
function Waiting() {
  return (
    <main class="main-frame" id="main" data-region="main" aria-busy="true">
      <div class="main-frame__head" />
      <div class="main-frame__scroll">
        <RowSkeletons />
      </div>
    </main>
  );
}

function NoPage() {
  const words = useWords().app.noPage;
  return (
    <MainFrame title={words.title}>
      <EmptyState title={words.text} actions={<a href="/">{words.goHome}</a>} />
    </MainFrame>
  );
}
