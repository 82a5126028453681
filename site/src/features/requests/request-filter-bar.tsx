import { useState } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { Select } from '../../ui/select.tsx'
import { isFiltered, noFilters, outcomes, times, type Filters } from './request-filters.ts'

interface FilterBarProps {
  filters: Filters
  onChange: (filters: Filters) => void
  members: ReadonlyMap<string, string>
  keys: ReadonlyMap<string, string>
}

const optionsOf = (names: ReadonlyMap<string, string>, any: string) => [
  { value: '', label: any },
  ...[...names].map(([value, label]) => ({ value, label })),
]

export function RequestFilterBar({ filters, onChange, members, keys }: FilterBarProps) {
  const t = useTranslate()
  const [model, setModel] = useState(filters.model)
  const change = (part: Partial<Filters>) => onChange({ ...filters, ...part })
  const submit = (event: Event) => {
    event.preventDefault()
    change({ model })
  }
  return (
    <form class="requests-filters" role="search" aria-label={t('requests.filters')} onSubmit={submit}>
      <Select
        label={t('requests.status')}
        value={filters.outcome}
        onChange={(outcome) => change({ outcome })}
        options={outcomes.map((value) => ({ value, label: t(`requests.status-${value}`) }))}
      />
      <Select
        label={t('requests.when')}
        value={filters.time}
        onChange={(time) => change({ time })}
        options={times.map((value) => ({ value, label: t(`requests.time-${value}`) }))}
      />
      <Select
        label={t('requests.key')}
        value={filters.keyId}
        onChange={(keyId) => change({ keyId })}
        options={optionsOf(keys, t('requests.key-any'))}
      />
      <Select
        label={t('requests.member')}
        value={filters.userId}
        onChange={(userId) => change({ userId })}
        options={optionsOf(members, t('requests.member-any'))}
      />
      <Field
        label={t('requests.model')}
        type="search"
        value={model}
        onInput={setModel}
        autocomplete="off"
        spellcheck={false}
        maxLength={200}
        latin
      />
      <div class="requests-filters-buttons">
        <Button type="submit" icon="search">
          {t('requests.find')}
        </Button>
        {isFiltered(filters) && (
          <Button
            variant="ghost"
            icon="close"
            onClick={() => {
              setModel('')
              onChange(noFilters)
            }}
          >
            {t('requests.clear')}
          </Button>
        )}
      </div>
    </form>
  )
}
