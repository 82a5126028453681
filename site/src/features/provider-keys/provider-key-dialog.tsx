import { useEffect, useRef, useState } from 'preact/hooks'
import { providerKeyVendors } from '#shared/contracts/vault'
import type { ProviderKey, ProviderKeyVendor } from '#shared/contracts/vault'
import { useAction } from '../../api/use-action.ts'
import type { Key } from '../../i18n/locales.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Select } from '../../ui/select.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { vendorName } from '../../ui/vendor-names.ts'
import { saveProviderKey } from './provider-key-calls.ts'
import { draftOf, newDraft, readProviderKeyDraft } from './provider-key-form.ts'
import type { ProviderKeyDraft, ProviderKeyFaults } from './provider-key-form.ts'

interface ProviderKeyDialogProps {
  /** The key that is replaced; null for a new one. */
  replaced: ProviderKey | null
  /** Vendors that there is a key for already. */
  taken: readonly ProviderKeyVendor[]
  open: boolean
  onClose: () => void
  onSaved: (key: ProviderKey) => void
}

export function ProviderKeyDialog({ open, ...rest }: ProviderKeyDialogProps) {
  const t = useTranslate()
  const title = rest.replaced
    ? t('provider-keys.replace-title', { vendor: vendorLabel(t, rest.replaced.vendor) })
    : t('provider-keys.add-title')
  return (
    <Dialog open={open} onClose={rest.onClose} title={title} description={t('provider-keys.dialog-text')}>
      {open && <ProviderKeyForm key={rest.replaced?.id ?? 'new'} {...rest} />}
    </Dialog>
  )
}

const LOCAL = /^(?:localhost|127\.0\.0\.1|\[::1\])$/

export const vendorLabel = (t: ReturnType<typeof useTranslate>, vendor: string): string =>
  vendor === 'compatible' ? t('provider-keys.own-server') : vendorName(vendor)

function ProviderKeyForm({ replaced, taken, onClose, onSaved }: Omit<ProviderKeyDialogProps, 'open'>) {
  const t = useTranslate()
  const form = useRef<HTMLFormElement>(null)
  const [draft, setDraft] = useState<ProviderKeyDraft>(() => (replaced ? draftOf(replaced) : newDraft(taken)))
  const [faults, setFaults] = useState<ProviderKeyFaults>({})
  const change = (part: Partial<ProviderKeyDraft>) => setDraft((now) => ({ ...now, ...part }))
  const sentence = (name: keyof ProviderKeyFaults) =>
    faults[name] && t(`provider-keys.fault-${faults[name].replaceAll('_', '-')}` as Key)
  const isServer = draft.vendor === 'compatible'

  useEffect(() => {
    if (Object.keys(faults).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [faults])

  const save = useAction(async () => {
    const reading = readProviderKeyDraft(draft, { local: LOCAL.test(window.location.hostname), before: replaced })
    if (!reading.ok) return setFaults(reading.faults)
    setFaults({})
    onSaved(await saveProviderKey(reading.body))
  })
  const submit = (event: Event) => {
    event.preventDefault()
    void save.run()
  }
  const options = providerKeyVendors
    .filter((vendor) => vendor === draft.vendor || !taken.includes(vendor))
    .map((value) => ({ value, label: vendorLabel(t, value) }))
  return (
    <form class="stack" ref={form} onSubmit={submit} noValidate>
      {!replaced && (
        <Select
          label={t('provider-keys.vendor')}
          value={draft.vendor}
          options={options}
          onChange={(vendor) => change({ vendor })}
        />
      )}
      <Field
        label={t('provider-keys.key')}
        hint={t('provider-keys.key-hint')}
        error={sentence('apiKey')}
        value={draft.apiKey}
        onInput={(apiKey) => change({ apiKey })}
        required
        latin
        maxLength={1_000}
        autocomplete="off"
        spellcheck={false}
      />
      <Field
        label={t('provider-keys.address')}
        hint={t(isServer ? 'provider-keys.address-server-hint' : 'provider-keys.address-hint')}
        error={sentence('baseURL')}
        optional={!isServer}
        required={isServer}
        value={draft.baseURL}
        onInput={(baseURL) => change({ baseURL })}
        latin
        inputMode="url"
        maxLength={500}
        autocomplete="off"
        spellcheck={false}
      />
      {isServer && (
        <TextArea
          label={t('provider-keys.models')}
          hint={t('provider-keys.models-hint')}
          error={sentence('models')}
          value={draft.models}
          onInput={(models) => change({ models })}
          rows={4}
          spellcheck={false}
        />
      )}
      {save.problem && <ProblemNote problem={save.problem} />}
      <div class="dialog-foot">
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" variant="primary" busy={save.running}>
          {t(replaced ? 'provider-keys.replace' : 'provider-keys.add')}
        </Button>
      </div>
    </form>
  )
}
