import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { Select } from '../../ui/select.tsx'
import { isNarrowed, kinds, orientations, periods, sources, widened } from './item-filters.ts'
import type { Filters } from './item-filters.ts'

interface FilterBarProps {
  filters: Filters
  /** Those that something in the library was made with. */
  models: readonly string[]
  tags: readonly string[]
  onChange: (filters: Filters, how: 'push' | 'replace') => void
}

/** As long as people need between two letters. */
const TYPING_MS = 220

export function FilterBar({ filters, models, tags, onChange }: FilterBarProps) {
  const t = useTranslate()
  const [open, setOpen] = useState(false)
  const change = (part: Partial<Filters>) => onChange({ ...filters, ...part }, 'push')
  const [typed, setTyped] = useTyped(filters.q, (q) => onChange({ ...filters, q }, 'replace'))
  const any = { value: '' as const, label: t('library.any') }
  const narrowed = isNarrowed(filters)
  return (
    <form
      class="library-filters"
      role="search"
      aria-label={t('library.search')}
      onSubmit={(event) => event.preventDefault()}
    >
      <div class="library-search">
        <Field
          label={t('library.search-label')}
          labelHidden
          type="search"
          value={typed}
          onInput={setTyped}
          placeholder={t('library.search-placeholder')}
          autocomplete="off"
          maxLength={200}
        />
        <Button icon="settings" aria-expanded={open} aria-controls="library-chips" onClick={() => setOpen(!open)}>
          {t('library.filters')}
        </Button>
        {narrowed && (
          <Button variant="ghost" icon="close" onClick={() => onChange(widened(filters), 'push')}>
            {t('library.clear')}
          </Button>
        )}
      </div>
      <div class="library-chips" id="library-chips" hidden={!open && !narrowed}>
        <Select
          size="sm"
          label={t('library.kind')}
          value={filters.kind}
          onChange={(kind) => change({ kind })}
          options={[any, ...kinds.map((value) => ({ value, label: t(`library.kind-${value}`) }))]}
        />
        <Select
          size="sm"
          label={t('library.source')}
          value={filters.source}
          onChange={(source) => change({ source })}
          options={[any, ...sources.map((value) => ({ value, label: t(`library.source-${value}`) }))]}
        />
        <Select
          size="sm"
          label={t('library.model')}
          value={filters.model}
          onChange={(model) => change({ model })}
          options={[any, ...optionsOf(models, filters.model)]}
        />
        {(tags.length > 0 || filters.tag !== '') && (
          <Select
            size="sm"
            label={t('library.tag')}
            value={filters.tag}
            onChange={(tag) => change({ tag })}
            options={[any, ...optionsOf(tags, filters.tag)]}
          />
        )}
        <Select
          size="sm"
          label={t('library.orientation')}
          value={filters.orientation}
          onChange={(orientation) => change({ orientation })}
          options={[any, ...orientations.map((value) => ({ value, label: t(`library.orientation-${value}`) }))]}
        />
        <Select
          size="sm"
          label={t('library.owner')}
          value={filters.owner}
          onChange={(owner) => change({ owner })}
          options={[
            any,
            { value: 'me', label: t('library.owner-me') },
            { value: 'others', label: t('library.owner-others') },
          ]}
        />
        <Select
          size="sm"
          label={t('library.period')}
          value={filters.period}
          onChange={(period) => change({ period })}
          options={periods.map((value) => ({ value, label: t(`library.period-${value}`) }))}
        />
        <Select
          size="sm"
          label={t('library.order')}
          value={filters.order}
          onChange={(order) => change({ order })}
          options={(['newest', 'oldest'] as const).map((value) => ({ value, label: t(`library.order-${value}`) }))}
        />
      </div>
    </form>
  )
}

/** The one that is chosen is among them, even where nothing has it any more. */
const optionsOf = (values: readonly string[], chosen: string) =>
  [...new Set([...values, chosen])].filter((value) => value !== '').map((value) => ({ value, label: value }))

/** What is typed is shown at once, and asked for when the typing pauses. */
function useTyped(value: string, onSettled: (value: string) => void): [string, (value: string) => void] {
  const [typed, setTyped] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const latest = useRef(onSettled)
  latest.current = onSettled
  useEffect(() => {
    clearTimeout(timer.current)
    setTyped(value)
  }, [value])
  useEffect(() => () => clearTimeout(timer.current), [])
  return [
    typed,
    (next) => {
      setTyped(next)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => latest.current(next), TYPING_MS)
    },
  ]
}
