import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { PolicyState } from '#shared/contracts/organizations'
import { may } from '../../api/account.ts'
import { toApiProblem } from '../../api/api-problem.ts'
import { useAction } from '../../api/use-action.ts'
import { useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { toast } from '../../ui/toasts.ts'
import { useLeaveWarning } from '../../ui/use-leave-warning.ts'
import { AccessCard } from './access-card.tsx'
import { GuardrailsCard } from './guardrails-card.tsx'
import { changePolicy, getPolicy } from './policy-calls.ts'
import type { PolicyChange } from './policy-calls.ts'
import { isSameDraft, policyDraftOf } from './policy-draft.ts'
import { PolicyFormContext } from './policy-form.ts'
import { changedParts, faultOfRefusal, readPolicyDraft } from './read-policy.ts'
import type { PolicyFaults } from './read-policy.ts'
import { RetentionCard } from './retention-card.tsx'
import { RoutesCard } from './routes-card.tsx'
import { SaveBar } from './save-bar.tsx'

interface PolicyEditorProps {
  state: PolicyState
  onSaved: (state: PolicyState) => void
}

/** The whole policy as one form: nothing counts before it is saved, and then all of it does. */
export function PolicyEditor({ state, onSaved }: PolicyEditorProps) {
  const t = useTranslate()
  const form = useRef<HTMLFormElement>(null)
  const original = useMemo(() => policyDraftOf(state.policy), [state])
  const [draft, setDraft] = useState(original)
  const [faults, setFaults] = useState<PolicyFaults>({})
  const locked = !may('policy.manage')
  const unsaved = !locked && !isSameDraft(draft, original)
  useLeaveWarning(unsaved)
  useEffect(() => {
    if (Object.keys(faults).length > 0)
      form.current?.querySelector<HTMLElement>('[aria-invalid=true], .policies-fault')?.focus()
  }, [faults])

  /** What was changed here, since it was read; null where something of it is wrong. */
  const readChange = (): PolicyChange | null => {
    const reading = readPolicyDraft(draft)
    setFaults(reading.ok ? {} : reading.faults)
    return reading.ok ? changedParts(state.policy, reading.policy) : null
  }
  const send = async (version: number, change: PolicyChange) => {
    try {
      onSaved(await changePolicy(version, change))
      toast({ text: t('policies.saved') })
    } catch (error) {
      setFaults(faultOfRefusal(toApiProblem(error).param))
      throw error
    }
  }
  const save = useAction(async () => {
    const change = readChange()
    if (change) await send(state.version, change)
  })
  /** Somebody else was faster: their version, and of it what was changed here. */
  const saveOverTheirs = useAction(async () => {
    const change = readChange()
    if (change) await send((await getPolicy()).version, change)
  })
  const takeTheirs = useAction(async () => onSaved(await getPolicy()))
  const discard = () => {
    setDraft(original)
    setFaults({})
    save.clear()
  }
  const submit = (event: Event) => {
    event.preventDefault()
    if (unsaved) void save.run()
  }
  const onChange = (part: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...part }))
  return (
    <PolicyFormContext.Provider value={{ draft, onChange, faults, locked }}>
      {locked && <Note>{t('policies.locked')}</Note>}
      <form class="policies-form" ref={form} onSubmit={submit} noValidate>
        <fieldset class="policies-all" disabled={locked}>
          <legend class="visually-hidden">{t('policies.title')}</legend>
          <AccessCard ownKeys={state.provider_keys.length > 0} />
          <RetentionCard />
          <GuardrailsCard />
          <RoutesCard />
        </fieldset>
        {unsaved && (
          <SaveBar
            problem={saveOverTheirs.problem ?? takeTheirs.problem ?? save.problem}
            saving={save.running}
            replacing={saveOverTheirs.running}
            loading={takeTheirs.running}
            onDiscard={discard}
            onReplace={() => void saveOverTheirs.run()}
            onLoad={() => void takeTheirs.run()}
          />
        )}
      </form>
    </PolicyFormContext.Provider>
  )
}
