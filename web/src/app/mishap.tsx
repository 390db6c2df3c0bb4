import { Component, type ComponentChildren } from 'preact';
import { useWords } from '../language/index.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

type MishapProps = { children: ComponentChildren };

/** Where a part of the page broke: says so in its place, and the rest stays. Another place begins anew with another key. */
export class Mishap extends Component<MishapProps, { hasBroken: boolean }> {
  override state = { hasBroken: false };

  static override getDerivedStateFromError(): { hasBroken: boolean } {
    return { hasBroken: true };
  }

  override render({ children }: MishapProps, { hasBroken }: { hasBroken: boolean }): ComponentChildren {
    return hasBroken ? <Broken onRetry={() => this.setState({ hasBroken: false })} /> : children;
  }
}

function Broken({ onRetry }: { onRetry: () => void }) {
  const words = useWords();
  return (
    <div role="alert">
      <EmptyState
        title={words.app.broken.title}
        actions={
          <>
            <Button onClick={onRetry}>{words.ui.tryAgain}</Button>
            <Button variant="primary" onClick={() => location.reload()}>
              {words.app.loadAgain}
            </Button>
          </>
        }
      >
        {words.app.broken.note}
      </EmptyState>
    </div>
  );
}
