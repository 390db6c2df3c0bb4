import type { ComponentChildren } from 'preact';
import { useApp } from '../app/app-context.ts';
import { usePerson } from './use-person.ts';
import './person-link.css';

/** A mention: leads to the profile. Shows the present name; until it is known, the handle that was written. */
export function PersonLink({ userId, handle }: { userId: string; handle: string }) {
  const { client } = useApp();
  const person = usePerson(userId);
  return (
    <ProfileButton userId={userId} class="mention" isMe={userId === client.state.me?.userId}>
      @{person?.name ?? handle}
    </ProfileButton>
  );
}

type ProfileButtonProps = {
  userId: string;
  class?: string;
  isMe?: boolean;
  /** where the children say nothing */
  label?: string;
  children: ComponentChildren;
};

/** Opens somebody's profile beside the page. */
export function ProfileButton({
  userId,
  class: className,
  isMe = false,
  label,
  children,
}: ProfileButtonProps) {
  const { router } = useApp();
  return (
    <button
      type="button"
      class={className}
      data-me={isMe || undefined}
      tabIndex={-1}
      aria-label={label}
      onClick={(event) => {
        event.stopPropagation();
        router.openPane({ kind: 'profile', userId });
      }}
    >
      {children}
    </button>
  );
}
