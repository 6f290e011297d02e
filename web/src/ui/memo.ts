import { Component, type ComponentChildren, type ComponentType, h } from "preact";

/** A component that renders again only when one of its props is another one by Object.is. */
export function memo<P extends object>(draw: (props: P) => ComponentChildren): ComponentType<P> {
  return class Memo extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      const before = this.props as Readonly<Record<string, unknown>>;
      const after = next as Readonly<Record<string, unknown>>;
      const keys = Object.keys(after);
      return keys.length !== Object.keys(before).length || keys.some((key) => !Object.is(before[key], after[key]));
    }

    override render() {
      return h(draw as ComponentType<P>, this.props as P);
    }
  };
}
