import { useEffect, useMemo, useState } from 'preact/hooks'
import { useAction } from '../../api/use-action.ts'
import type { Key } from '../../i18n/locales.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Select } from '../../ui/select.tsx'
import { toast } from '../../ui/toasts.ts'
import { saveDetails } from './billing-calls.ts'
import type { BillingParts } from './billing-sections.tsx'
import { countryOptions } from './countries.ts'
import { detailsDraftOf, readDetailsDraft } from './details-draft.ts'
import type { DetailsDraft, DetailsFault, DetailsFaults } from './details-draft.ts'
import { taxIdKindOf } from './tax-ids.ts'
import { useFaultFocus } from './use-fault-focus.ts'

const faultWords: Record<DetailsFault, Key> = {
  'email-invalid': 'auth.email-invalid',
  'tax-id-invalid': 'billing.tax-id-invalid',
  'country-missing': 'billing.country-missing',
}

/** Who pays, as it will stand on the next invoice. */
export function DetailsCard({ overview, mayManage, onChanged }: BillingParts) {
  const t = useTranslate()
  const locale = useLocale()
  const [draft, setDraft] = useState(() => detailsDraftOf(overview.details))
  const [faults, setFaults] = useState<DetailsFaults>({})
  useEffect(() => setDraft(detailsDraftOf(overview.details)), [JSON.stringify(overview.details)])
  const countries = useMemo(
    () => [{ value: '', label: t('billing.country-none') }, ...countryOptions(locale)],
    [locale],
  )
  const form = useFaultFocus(faults)
  const save = useAction(async () => {
    const reading = readDetailsDraft(draft)
    setFaults(reading.ok ? {} : reading.faults)
    if (!reading.ok) return
    await saveDetails(reading.body)
    onChanged()
    toast({ text: t('billing.details-saved') })
  })
  const submit = (event: Event) => {
    event.preventDefault()
    void save.run()
  }
  const field = (name: keyof DetailsDraft) => ({
    value: draft[name],
    onInput: (value: string) => setDraft((now) => ({ ...now, [name]: value })),
    error: faults[name] ? t(faultWords[faults[name]]) : null,
    disabled: !mayManage,
  })
  const taxId = taxIdKindOf(draft.country || null)
  return (
    <section class="card billing-card" aria-labelledby="billing-details">
      <h2 id="billing-details">{t('billing.details')}</h2>
      <p class="muted">{t('billing.details-text')}</p>
      <form class="stack" ref={form} onSubmit={submit} noValidate>
        <div class="billing-pair">
          <Field label={t('billing.details-name')} autocomplete="organization" maxLength={200} {...field('name')} />
          <Field
            label={t('billing.details-email')}
            hint={t('billing.details-email-hint')}
            type="email"
            autocomplete="email"
            maxLength={254}
            {...field('email')}
          />
          <Select
            label={t('billing.country')}
            {...field('country')}
            onChange={field('country').onInput}
            options={countries}
          />
          <Select<'en' | 'ar'>
            label={t('billing.invoice-language')}
            value={draft.locale}
            onChange={(chosen) => setDraft((now) => ({ ...now, locale: chosen }))}
            disabled={!mayManage}
            options={[
              { value: 'ar', label: 'العربية' },
              { value: 'en', label: 'English' },
            ]}
          />
          <Field label={t('billing.line1')} autocomplete="address-line1" maxLength={200} {...field('line1')} />
          <Field label={t('billing.line2')} autocomplete="address-line2" maxLength={200} optional {...field('line2')} />
          <Field label={t('billing.city')} autocomplete="address-level2" maxLength={100} {...field('city')} />
          <Field
            label={t('billing.state')}
            autocomplete="address-level1"
            maxLength={100}
            optional
            {...field('state')}
          />
          <Field
            label={t('billing.postal-code')}
            autocomplete="postal-code"
            maxLength={20}
            latin
            {...field('postalCode')}
          />
          {taxId && (
            <Field
              label={t(taxId.label)}
              hint={t('billing.tax-id-hint', { example: taxId.example })}
              autocomplete="off"
              maxLength={40}
              optional
              latin
              {...field('taxId')}
            />
          )}
        </div>
        {draft.country !== '' && !taxId && <p class="muted small">{t('billing.tax-id-none')}</p>}
        {save.problem && <ProblemNote problem={save.problem} />}
        {mayManage && (
          <p>
            <Button type="submit" busy={save.running}>
              {t('ui.save')}
            </Button>
          </p>
        )}
      </form>
    </section>
  )
}
