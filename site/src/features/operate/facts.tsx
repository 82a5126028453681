import type { ComponentChildren } from 'preact'

type Fact = [name: string, value: ComponentChildren] | null | undefined | false

/** Names and what they are, as a list of definitions. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl class="operate-definitions">
      {facts.map(
        (fact) =>
          fact && (
            <div key={fact[0]}>
              <dt>{fact[0]}</dt>
              <dd>{fact[1]}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
