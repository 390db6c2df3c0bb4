import { Component, type ComponentChildren } from 'preact';
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
  return (
    <div role="alert">
      <EmptyState
        title="Something went wrong here"
        actions={
          <>
            <Button onClick={onRetry}>Try again</Button>
            <Button variant="primary" onClick={() => location.reload()}>
              Load the page again
            </Button>
          </>
        }
      >
        That is a mistake of ours. What you wrote is kept.
      </EmptyState>
    </div>
  );
}
