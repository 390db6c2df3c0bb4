import { useEffect, useState } from 'preact/hooks';
import { CloudOff } from 'lucide';
import { useWords } from '../language/index.ts';
import { after } from '../platform/index.ts';
import { Icon } from '../ui/icon.tsx';
import { useApp } from './app-context.ts';
import './offline-bar.css';

/** A link that is back sooner was not worth a word. */
const quietMs = 5_000;

/** Says quietly that the connection is gone, and what becomes of what is written meanwhile. */
export function OfflineBar() {
  const words = useWords().app;
  const { client, live, ui } = useApp();
  live.follow('connection');
  // Without a network a link looks alive until somebody misses its heartbeat.
  const isLive = client.connection.name === 'live' && ui.device.online.value;
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    return isLive ? undefined : after(quietMs, () => setLate(true));
  }, [isLive]);
  return (
    <div class="offline" role="status">
      {isLate && !isLive && (
        <p class="offline__bar">
          <Icon of={CloudOff} size={16} />
          {words.offline}
        </p>
      )}
    </div>
  );
}
