import { Component, h } from 'preact'
import type { ComponentType, FunctionComponent } from 'preact'

/** Draws again only when a property is another one. */
export function memo<P extends object>(render: FunctionComponent<P>): ComponentType<P> {
  return class Memo extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      return differs(this.props as P, next)
    }
    override render() {
      return h(render, this.props as P)
    }
  }
}

function differs(before: object, after: object): boolean {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].some(
    (name) => (before as Record<string, unknown>)[name] !== (after as Record<string, unknown>)[name],
  )
}
