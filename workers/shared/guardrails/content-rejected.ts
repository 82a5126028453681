import type { Guardrail } from '#shared/contracts/policy'
import { Problem } from '#shared/http/problems'
import { nameOf } from './findings.ts'
import type { Finding } from './matching/text-screen.ts'

const what: Record<Finding['kind'], string> = {
  word: 'a word or phrase on its list',
  moderation: 'harmful content',
  email: 'an e-mail address',
  phone: 'a telephone number',
  card: 'a card number',
  iban: 'an account number (IBAN)',
  'national-id': 'a national id',
  'ip-address': 'an IP address',
  'api-key': 'an API key',
  'private-key': 'a private key',
  token: 'a token',
  password: 'a password',
}

/** Says which rule refused the request and what sort of thing it saw, never what it said. */
export const contentRejected = ({
  guardrail,
  at,
  kind,
  findings,
}: {
  guardrail: Guardrail
  /** Its place in the chain. */
  at: number
  kind: Finding['kind']
  findings: string[]
}): Problem =>
  new Problem(
    'content_rejected',
    `Your organization’s guardrail ${at + 1} (${guardrail.type}) does not let this request through: it holds ${what[kind]}. It was sent to no model, and nothing was charged for an answer.`,
    {
      facts: { stage: 'input', guardrail: nameOf(guardrail, kind), position: at + 1 },
      headers: { 'x-riwaq-guardrails': findings.join(', ') },
    },
  )
