import { useState } from 'preact/hooks'
import { randomText } from '#shared/lib/ids'
import type { Region } from '#shared/lib/region'
import { account } from '../../api/account.ts'
import { createOrganization, setActiveOrganization } from '../../api/auth.ts'
import { useAction } from '../../api/use-action.ts'
import { localized } from '../../i18n/paths.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Select } from '../../ui/select.tsx'
import { slugFor } from './slug.ts'

type RegionChoice = Region | 'any'

export function CreateOrganizationDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTranslate()
  const locale = useLocale()
  const [name, setName] = useState('')
  const known = account.value
  const [region, setRegion] = useState<RegionChoice | null>(null)
  const chosen = region ?? known?.default_region ?? 'any'
  const [error, setError] = useState<string | null>(null)
  const create = useAction(async () => {
    const made = await createOrganization({
      name: name.trim(),
      slug: slugFor(name, randomText(6)),
      region: chosen === 'any' ? null : chosen,
    })
    await setActiveOrganization(made.id)
    window.location.assign(localized(locale, '/members'))
  })
  const submit = (event: Event) => {
    event.preventDefault()
    if (name.trim() === '') return setError(t('ui.required'))
    setError(null)
    void create.run()
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('shell.new-organization')}
      description={t('shell.new-organization-text')}
      size="sm"
    >
      <form class="stack" onSubmit={submit} noValidate>
        <Field
          label={t('shell.organization-name')}
          value={name}
          onInput={setName}
          error={error}
          maxLength={80}
          required
          autocomplete="organization"
        />
        {known && known.regions.length > 0 && (
          <Select
            label={t('shell.region')}
            hint={t('shell.region-text')}
            value={chosen}
            onChange={setRegion}
            options={(['any', ...known.regions] as const).map((value) => ({
              value,
              label: t(`shell.region-${value}`),
            }))}
          />
        )}
        {create.problem && <ProblemNote problem={create.problem} />}
        <div class="dialog-foot">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" variant="primary" busy={create.running}>
            {t('shell.create-organization')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
