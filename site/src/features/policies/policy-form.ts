import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { useTranslate } from '../../ui/locale-context.tsx'
import type { PolicyDraft } from './policy-draft.ts'
import type { PolicyFaults } from './read-policy.ts'

export interface PolicyForm {
  draft: PolicyDraft
  onChange: (part: Partial<PolicyDraft>) => void
  faults: PolicyFaults
  /** The reader may look and not decide. */
  locked: boolean
}

export const PolicyFormContext = createContext<PolicyForm | null>(null)

export function usePolicyForm(): PolicyForm & { errorOf: (path: string) => string | null } {
  const form = useContext(PolicyFormContext)
  const t = useTranslate()
  if (!form) throw new Error('a part of the policy form stands outside of it')
  const errorOf = (path: string) => {
    const fault = form.faults[path]
    return fault ? t(`policies.fault-${fault}`) : null
  }
  return { ...form, errorOf }
}
