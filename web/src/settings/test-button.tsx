import { BellRing } from 'lucide';
import { useApp } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { Button } from '../ui/button.tsx';

/** One of each, by whatever way one is notified while no page is open. */
export function TestButton() {
  const { attempt, client, ui } = useApp();
  const words = useWords().notices;
  const test = async (): Promise<void> => {
    const { count, byMail } = await client.call('push.test', {});
    const said = [
      ...(count > 0 ? [words.closed.testSent(count)] : []),
      ...(byMail ? [words.mail.testSent] : []),
    ];
    ui.toasts.show({ text: said.length > 0 ? said.join(' ') : words.closed.testSent(0) });
  };
  return (
    <Button icon={BellRing} onClick={() => void attempt(test())}>
      {words.closed.test}
    </Button>
  );
}
