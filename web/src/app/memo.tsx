import { Component, type ComponentChildren, type FunctionComponent } from 'preact';

/** Draws anew only when one of the props is another value (or the component itself follows something that changed). */
export function memo<Props extends object>(draw: FunctionComponent<Props>): FunctionComponent<Props> {
  class Memo extends Component<Props> {
    override shouldComponentUpdate(next: Readonly<Props>): boolean {
      return differs(this.props, next);
    }

    override render(): ComponentChildren {
      const Draw = draw;
      return <Draw {...this.props} />;
    }
  }
  return Memo as unknown as FunctionComponent<Props>;
}

function differs(one: object, other: object): boolean {
  const [before, after] = [Object.entries(one), Object.keys(other)];
  if (before.length !== after.length) return true;
  return before.some(([key, value]) => value !== (other as Record<string, unknown>)[key]);
}
