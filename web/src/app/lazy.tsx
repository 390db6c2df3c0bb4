import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Sentence, useWords } from '../language/index.ts';

/** A component whose code is loaded when it is first shown. `waiting` takes its place until then. */
export function lazy<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  waiting: ComponentType = Nothing,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  return function Lazy(props: Props) {
    const [, setArrived] = useState(loaded !== null);
    const [failure, setFailure] = useState<unknown>(null);
    useEffect(() => {
      if (loaded !== null) return;
      load().then(
        (component) => {
          loaded = component;
          setArrived(true);
        },
        (error: unknown) => setFailure(error),
      );
    }, []);
    if (failure !== null) return <NotLoaded />;
    const Shown: ComponentType<Props> | null = loaded;
    const Waiting = waiting;
    return Shown === null ? <Waiting /> : <Shown {...props} />;
  };
}

function Nothing() {
  return null;
}

/** After an update the old files are gone: only a fresh page knows the new ones. */
function NotLoaded() {
  const words = useWords().app;
  const reload = (
    <a href={location.pathname} target="_self">
      {words.loadAgain}
    </a>
  );
  return (
    <p class="not-loaded" role="alert">
      <Sentence text={words.notLoaded} parts={{ reload }} />
    </p>
  );
}
