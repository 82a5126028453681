// What was found, by stage, guardrail and kind: counts alone. What was matched is told to nobody.
import type { Guardrail } from '#shared/contracts/policy'
import type { Finding } from './matching/text-screen.ts'

export type StageName = 'input' | 'output'

export interface Findings {
  count(stage: StageName, guardrail: Guardrail, kind: Finding['kind']): void
  forget(stage: StageName): void
  /** `input.personal-data.email=2`, in the order in which they were first found. */
  list(): string[]
}

/** Where the guardrail has but one kind, its type says it all. */
export const nameOf = (guardrail: Guardrail, kind: Finding['kind']): string =>
  guardrail.type === 'words' || guardrail.type === 'moderation' ? guardrail.type : `${guardrail.type}.${kind}`

export function createFindings(): Findings {
  const counts = new Map<string, number>()
  return {
    count(stage, guardrail, kind) {
      const name = `${stage}.${nameOf(guardrail, kind)}`
      counts.set(name, (counts.get(name) ?? 0) + 1)
    },
    forget(stage) {
      for (const name of counts.keys()) if (name.startsWith(`${stage}.`)) counts.delete(name)
    },
    list: () => [...counts].map(([name, count]) => `${name}=${count}`),
  }
}
