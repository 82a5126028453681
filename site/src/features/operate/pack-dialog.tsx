import { useState } from 'preact/hooks'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { toast } from '../../ui/toasts.ts'
import { localText } from '../billing/local-text.ts'
import { sentences } from './fault-sentence.ts'
import { readId, Reader } from './form-fields.ts'
import { LocalFields } from './local-fields.tsx'
import { writePack, type AdminPack } from './operate-calls.ts'
import { emptyPack, packDraftOf, readPackDraft, type PackDraft } from './pack-form.ts'
import { PriceFields } from './price-fields.tsx'

interface PackDialogProps {
  pack: AdminPack | null
  packs: readonly AdminPack[]
  onClose: () => void
  onSaved: (pack: AdminPack) => void
  onStale: () => void
}

export function PackDialog({ pack, packs, onClose, onSaved, onStale }: PackDialogProps) {
  const t = useTranslate()
  const locale = useLocale()
  const [id, setId] = useState(pack?.id ?? '')
  const [draft, setDraft] = useState<PackDraft>(() => (pack ? packDraftOf(pack.body) : emptyPack))
  const [tried, setTried] = useState(false)
  const change = (part: Partial<PackDraft>) => setDraft((now) => ({ ...now, ...part }))
  const reading = readPackDraft(draft)
  const ids = new Reader()
  const packId =
    pack?.id ??
    readId(
      ids,
      id,
      packs.map((each) => each.id),
    )
  const faults = { ...(reading.ok ? {} : reading.faults), ...ids.faults }
  const errorOf = sentences(tried ? faults : {}, t)
  const save = useAction(async () => {
    if (!reading.ok) return
    const position = pack?.position ?? packs.length
    const saved = await writePack(packId, { if_version: pack?.version ?? 0, position, body: reading.body })
    toast({ text: t('operate.plan-saved', { name: localText(saved.body.name, locale), version: saved.version }) })
    onSaved(saved)
  })
  const stale = save.problem?.code === 'conflict'
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    setTried(true)
    const form = event.currentTarget as HTMLFormElement
    if (Object.keys(faults).length === 0) void save.run()
    else requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
  }
  return (
    <Dialog
      open
      onClose={onClose}
      size="lg"
      title={pack ? t('operate.edit-named', { name: localText(pack.body.name, locale) }) : t('operate.new-pack')}
    >
      <form class="stack" onSubmit={submit} noValidate>
        {!pack && (
          <Field
            label={t('operate.id')}
            hint={t('operate.id-hint')}
            value={id}
            onInput={setId}
            error={errorOf('id')}
            autocomplete="off"
            latin
          />
        )}
        <LocalFields
          label={t('operate.name')}
          path="name"
          value={draft.name}
          onChange={(name) => change({ name })}
          errorOf={errorOf}
        />
        <div class="operate-pair">
          <Field
            label={t('operate.credit')}
            hint={t('operate.dollars')}
            value={draft.credit}
            onInput={(credit) => change({ credit })}
            error={errorOf('credit')}
            inputMode="decimal"
            autocomplete="off"
            latin
          />
          <Field
            label={t('operate.expires-after')}
            hint={t('operate.expires-hint')}
            value={draft.expiresAfterDays}
            onInput={(expiresAfterDays) => change({ expiresAfterDays })}
            error={errorOf('expiresAfterDays')}
            inputMode="numeric"
            autocomplete="off"
            optional
            latin
          />
        </div>
        <PriceFields
          rows={draft.prices}
          amounts={[{ name: 'amount', label: t('operate.price') }]}
          onChange={(prices) => change({ prices })}
          errorOf={errorOf}
          blank={{ currency: '', amount: '' }}
        />
        {save.problem && <ProblemNote problem={save.problem} sentence={stale ? t('operate.stale') : undefined} />}
        <div class="dialog-foot">
          <Button
            onClick={() => {
              if (stale) onStale()
              onClose()
            }}
          >
            {t(stale ? 'operate.look-again' : 'ui.cancel')}
          </Button>
          <Button type="submit" variant="primary" busy={save.running}>
            {pack ? t('operate.save-version', { version: pack.version + 1 }) : t('operate.save-pack')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
