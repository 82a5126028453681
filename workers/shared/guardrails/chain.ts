// An organization's guardrails, made ready to be applied. Lists are read once for each version of its policy.
import type { Guardrail } from '#shared/contracts/policy'
import type { Rule } from './matching/text-screen.ts'
import type { CreateScanner } from './matching/scanner.ts'
import { emailScanner } from './personal-data/email-scanner.ts'
import { ibanScanner } from './personal-data/iban-scanner.ts'
import { ipScanner } from './personal-data/ip-scanner.ts'
import { numberScanner } from './personal-data/number-scanner.ts'
import { apiKeyScanner } from './secrets/api-key-scanner.ts'
import { passwordScanner } from './secrets/password-scanner.ts'
import { privateKeyScanner } from './secrets/private-key-scanner.ts'
import { tokenScanner } from './secrets/token-scanner.ts'
import { wordScanner } from './words/word-scanner.ts'

type Of<Type extends Guardrail['type']> = Extract<Guardrail, { type: Type }>

export interface ModerationRule {
  /** Its place in the chain. */
  guardrail: number
  model: string | null
  action: 'block' | 'flag'
}

export interface Stage {
  rules: Rule[]
  moderation: ModerationRule[]
}

export interface Chain {
  guardrails: readonly Guardrail[]
  input: Stage
  output: Stage
}

function personalDataScanners({ kinds }: Of<'personal-data'>): CreateScanner[] {
  const numbers = (['card', 'national-id', 'phone'] as const).filter((kind) => kinds.includes(kind))
  return [
    ...(kinds.includes('email') ? [emailScanner] : []),
    ...(numbers.length > 0 ? [numberScanner(numbers)] : []),
    ...(kinds.includes('iban') ? [ibanScanner] : []),
    ...(kinds.includes('ip-address') ? [ipScanner] : []),
  ]
}

const secretScanners = {
  'api-key': apiKeyScanner,
  'private-key': privateKeyScanner,
  token: tokenScanner,
  password: passwordScanner,
} as const satisfies Record<Of<'secrets'>['kinds'][number], CreateScanner>

function scannersOf(guardrail: Exclude<Guardrail, { type: 'moderation' }>): CreateScanner[] {
  switch (guardrail.type) {
    case 'words':
      return [wordScanner(guardrail.words)]
    case 'personal-data':
      return personalDataScanners(guardrail)
    case 'secrets':
      return [...new Set(guardrail.kinds)].map((kind) => secretScanners[kind])
  }
}

export function createChain(guardrails: readonly Guardrail[]): Chain {
  const chain: Chain = {
    guardrails,
    input: { rules: [], moderation: [] },
    output: { rules: [], moderation: [] },
  }
  for (const [at, guardrail] of guardrails.entries()) {
    const stages = [
      ...(guardrail.stage === 'output' ? [] : [chain.input]),
      ...(guardrail.stage === 'input' ? [] : [chain.output]),
    ]
    if (guardrail.type === 'moderation') {
      const { model, action } = guardrail
      for (const { moderation } of stages) moderation.push({ guardrail: at, model, action })
      continue
    }
    const rules = scannersOf(guardrail).map((createScanner): Rule => ({
      guardrail: at,
      action: guardrail.action,
      createScanner,
    }))
    for (const stage of stages) stage.rules.push(...rules)
  }
  return chain
}

const chains = new WeakMap<readonly Guardrail[], Chain>()

/** The same policy is the same object for as long as an isolate keeps it. */
export function chainOf(guardrails: readonly Guardrail[]): Chain {
  let chain = chains.get(guardrails)
  if (!chain) chains.set(guardrails, (chain = createChain(guardrails)))
  return chain
}

/** What keeps a log free of what must not be in it: every detector there is. */
export const redactionRules: readonly Rule[] = createChain([
  {
    type: 'personal-data',
    kinds: ['email', 'phone', 'card', 'iban', 'national-id', 'ip-address'],
    action: 'mask',
    stage: 'both',
  },
  { type: 'secrets', kinds: ['api-key', 'private-key', 'token', 'password'], action: 'mask', stage: 'both' },
]).input.rules
