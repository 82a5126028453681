import { useState } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'

/** Asks when it is submitted, not at every letter. */
export function SearchBox({ label, onSearch }: { label: string; onSearch: (text: string) => void }) {
  const t = useTranslate()
  const [typed, setTyped] = useState('')
  const submit = (event: Event) => {
    event.preventDefault()
    onSearch(typed.trim())
  }
  return (
    <form class="admin-search" role="search" onSubmit={submit}>
      <Field
        label={label}
        type="search"
        value={typed}
        onInput={setTyped}
        autocomplete="off"
        spellcheck={false}
        maxLength={200}
      />
      <Button type="submit" icon="search">
        {t('admin.search')}
      </Button>
    </form>
  )
}
