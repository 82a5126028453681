import { useState } from 'preact/hooks'
import type { AdminPlan } from '#shared/contracts/billing-administration'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Select } from '../../ui/select.tsx'
import { toast } from '../../ui/toasts.ts'
import { useLeaveWarning } from '../../ui/use-leave-warning.ts'
import { localText } from '../billing/local-text.ts'
import { sentences } from './fault-sentence.ts'
import { readId, Reader, type Faults } from './form-fields.ts'
import { FeatureFields } from './feature-fields.tsx'
import { GivenFields } from './given-fields.tsx'
import { LimitFields } from './limit-fields.tsx'
import { LocalFields } from './local-fields.tsx'
import { writePlan } from './operate-calls.ts'
import { emptyPlan, isSold, planDraftOf, readPlanDraft, type PlanDraft } from './plan-form.ts'
import { PlanPreview } from './plan-preview.tsx'
import { PriceFields } from './price-fields.tsx'
import { kebab } from './kebab.ts'

export interface PlanPartProps {
  draft: PlanDraft
  change: (part: Partial<PlanDraft>) => void
  errorOf: (path: string) => string | null
}

interface PlanEditorProps {
  plan: AdminPlan | null
  plans: readonly AdminPlan[]
  onClose: () => void
  onSaved: (plan: AdminPlan) => void
  /** Somebody else has written it meanwhile. */
  onStale: () => void
}

const kinds = ['free', 'flat', 'per_seat', 'contract'] as const

/** After the faults are drawn, the first of them gets the focus. */
const focusFault = (form: HTMLFormElement) =>
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())

function usePlanForm({ plan, plans, onSaved }: PlanEditorProps) {
  const t = useTranslate()
  const locale = useLocale()
  const [id, setId] = useState(plan?.id ?? '')
  const [draft, setDraft] = useState(() => planDraftOf(plan?.body ?? emptyPlan))
  const [touched, setTouched] = useState(false)
  const [tried, setTried] = useState(false)
  const reading = readPlanDraft(draft)
  const ids = new Reader()
  const planId =
    plan?.id ??
    readId(
      ids,
      id,
      plans.map((each) => each.id),
    )
  const faults: Faults = { ...(reading.ok ? {} : reading.faults), ...ids.faults }
  const save = useAction(async () => {
    if (!reading.ok || !ids.isFine) return
    const position = plan?.position ?? Math.max(-1, ...plans.map((each) => each.position)) + 1
    const saved = await writePlan(planId, { if_version: plan?.version ?? 0, position, body: reading.body })
    setTouched(false)
    toast({ text: t('operate.plan-saved', { name: localText(saved.body.name, locale), version: saved.version }) })
    onSaved(saved)
  })
  const change = (part: Partial<PlanDraft>) => {
    setTouched(true)
    setDraft((now) => ({ ...now, ...part }))
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    setTried(true)
    if (Object.keys(faults).length > 0) focusFault(event.currentTarget as HTMLFormElement)
    else void save.run()
  }
  return { id, setId, draft, change, submit, save, touched, faults: tried ? faults : {}, reading }
}

export function PlanEditor(props: PlanEditorProps) {
  const { plan, onClose, onStale } = props
  const t = useTranslate()
  const locale = useLocale()
  const { id, setId, draft, change, submit, save, touched, faults, reading } = usePlanForm(props)
  useLeaveWarning(touched)
  const errorOf = sentences(faults, t)
  const part = { draft, change, errorOf }
  const stale = save.problem?.code === 'conflict'
  return (
    <div class="operate-editor">
      <form class="card stack" onSubmit={submit} noValidate aria-labelledby="operate-editor">
        <h2 id="operate-editor">
          {plan ? t('operate.edit-named', { name: localText(plan.body.name, locale) }) : t('operate.new-plan')}
        </h2>
        {plan && plan.subscribers > 0 && <Note>{t('operate.keeps-subscribers', { count: plan.subscribers })}</Note>}
        {plan?.body.kind === 'free' && <Note>{t('operate.free-reaches-all')}</Note>}
        {!plan && (
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
        {plan?.body.kind !== 'free' && (
          <Select
            label={t('operate.kind')}
            value={draft.kind}
            onChange={(kind) => change({ kind })}
            options={kinds
              .filter((kind) => kind !== 'free' || draft.kind === 'free')
              .map((value) => ({ value, label: t(`operate.kind-${kebab(value)}`) }))}
          />
        )}
        <LocalFields
          label={t('operate.name')}
          path="name"
          value={draft.name}
          onChange={(name) => change({ name })}
          errorOf={errorOf}
        />
        <LocalFields
          label={t('operate.description')}
          path="description"
          value={draft.description}
          onChange={(description) => change({ description })}
          errorOf={errorOf}
          long
        />
        <FeatureFields {...part} />
        {isSold(draft.kind) && (
          <fieldset class="operate-fieldset">
            <legend>{t('operate.prices')}</legend>
            <PriceFields
              rows={draft.prices}
              amounts={[
                { name: 'month', label: t(draft.kind === 'per_seat' ? 'operate.seat-monthly' : 'operate.monthly') },
                { name: 'year', label: t(draft.kind === 'per_seat' ? 'operate.seat-yearly' : 'operate.yearly') },
              ]}
              onChange={(prices) => change({ prices })}
              errorOf={errorOf}
              blank={{ currency: '', month: '', year: '' }}
            />
          </fieldset>
        )}
        <GivenFields {...part} />
        <LimitFields {...part} />
        {stale ? (
          <Note tone="warning" role="alert">
            <span class="cluster">
              {t('operate.stale')}
              <Button
                size="sm"
                onClick={() => {
                  onStale()
                  onClose()
                }}
              >
                {t('operate.look-again')}
              </Button>
            </span>
          </Note>
        ) : (
          save.problem && <ProblemNote problem={save.problem} />
        )}
        {Object.keys(faults).length > 0 && (
          <p class="field-error" role="status">
            {t('operate.has-faults', { count: Object.keys(faults).length })}
          </p>
        )}
        <div class="dialog-foot">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" variant="primary" busy={save.running}>
            {plan ? t('operate.save-version', { version: plan.version + 1 }) : t('operate.save-plan')}
          </Button>
        </div>
      </form>
      <PlanPreview draft={draft} body={reading.ok ? reading.body : null} />
    </div>
  )
}
