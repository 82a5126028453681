// POST in one of the public dialects → a paid answer.
import type { LedgerRpc } from '#shared/contracts/ledger'
import type { PayingPrincipal } from '#shared/contracts/principal'
import { serviceUnavailable } from '#shared/http/problems'
import { requirePayer } from '#shared/http/require-permission'
import { readText } from '#shared/http/validate'
import { toAdmissionProblem } from '#shared/metering/admission-problem'
import type { LanguageModels } from '#shared/providers/language-models'
import { generateContext, type ChatCollaborators, type ChatRequest } from './context.ts'
import type { ChatDialect } from './dialects/dialect.ts'
import { generateAnswer, prepareAnswer } from './generate.ts'
import { readIdempotencyKey } from './idempotency/fingerprint.ts'
import { readVendorHeaders } from './vendor-headers.ts'

/** Images travel in the body, in base64. */
const MAX_BODY_BYTES = 32 * 1_048_576

/** What is wrong with a request is not told to a stranger: before admission the key has only been claimed. */
async function refuseStranger(principal: PayingPrincipal, ledger: Pick<LedgerRpc, 'verifyKey'>): Promise<void> {
  if (principal.kind !== 'key-claim') return
  const verdict = await ledger
    .verifyKey({ keyId: principal.keyId, secretHash: principal.secretHash })
    .catch((error: unknown) => {
      throw serviceUnavailable('The ledger', error instanceof Error ? error.message : String(error))
    })
  if (!verdict.ok) throw toAdmissionProblem(verdict)
}

async function readRequest<Body>(c: ChatRequest, dialect: ChatDialect<Body>, models: LanguageModels) {
  const idempotencyKey = readIdempotencyKey(c.req.raw.headers.get('idempotency-key'))
  const prepared = prepareAnswer({ dialect, text: await readText(c.req.raw, MAX_BODY_BYTES), models })
  return { idempotencyKey, prepared }
}

export async function answerRoute<Body>(
  c: ChatRequest,
  dialect: ChatDialect<Body>,
  outside: ChatCollaborators,
): Promise<Response> {
  const principal = requirePayer(c.get('principal'), 'chat.use')
  const ctx = generateContext(c, principal, outside)
  const { idempotencyKey, prepared } = await readRequest(c, dialect, ctx.models).catch(async (error: unknown) => {
    await refuseStranger(principal, ctx.ledger)
    throw error
  })
  const { vendorHeaders, warnings } = readVendorHeaders(c.req.raw.headers)
  return generateAnswer({
    input: { dialect, requestId: c.get('requestId'), prepared, idempotencyKey, vendorHeaders, warnings },
    ctx,
  })
}
