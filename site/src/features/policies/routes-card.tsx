import { useRef } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { moved, newRoute } from './policy-draft.ts'
import type { RouteDraft } from './policy-draft.ts'
import { PolicyCard } from './policy-card.tsx'
import { usePolicyForm } from './policy-form.ts'
import { RouteEditor } from './route-editor.tsx'

const MOST = 100

/** Names that stand for several models. */
export function RoutesCard() {
  const t = useTranslate()
  const { draft, onChange, locked } = usePolicyForm()
  const add = useRef<HTMLButtonElement>(null)
  const { routes } = draft
  const set = (next: RouteDraft[]) => onChange({ routes: next })
  const remove = (key: number) => {
    set(routes.filter((each) => each.key !== key))
    add.current?.focus()
  }
  return (
    <PolicyCard title={t('policies.routes')} text={t('policies.routes-text')}>
      {routes.length === 0 && <EmptyState compact icon="direction" title={t('policies.routes-none')} />}
      <ol class="policies-list" role="list">
        {routes.map((route, at) => (
          <RouteEditor
            key={route.key}
            route={route}
            at={at}
            count={routes.length}
            onChange={(part) => set(routes.map((each) => (each.key === route.key ? { ...each, ...part } : each)))}
            onMove={(by) => set(moved(routes, at, by))}
            onRemove={() => remove(route.key)}
          />
        ))}
      </ol>
      {!locked && routes.length < MOST && (
        <div>
          <Button icon="plus" buttonRef={add} onClick={() => set([...routes, newRoute()])}>
            {t('policies.route-add')}
          </Button>
        </div>
      )}
    </PolicyCard>
  )
}
