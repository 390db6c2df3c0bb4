import { CircleAlert } from 'lucide';
import { Icon } from '../ui/icon.tsx';
import './form-problem.css';

/** What is wrong with a whole form. It takes the focus when it comes, so that it is read out. */
export function FormProblem({ children }: { children: string | undefined }) {
  if (children === undefined) return null;
  return (
    <p class="form-problem" role="alert" tabIndex={-1} data-problem="">
      <Icon of={CircleAlert} size={18} />
      <span>{children}</span>
    </p>
  );
}
