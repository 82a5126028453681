import type { LedgerRpc } from '#shared/contracts/ledger'
import type { PayingPrincipal } from '#shared/contracts/principal'
import { serviceUnavailable } from '#shared/http/problems'
import { toAdmissionProblem } from '#shared/metering/admission-problem'

/** What is wrong with a request is not told to a stranger: before admission the key has only been claimed. */
export async function refuseStranger(principal: PayingPrincipal, ledger: Pick<LedgerRpc, 'verifyKey'>): Promise<void> {
  if (principal.kind !== 'key-claim') return
  const verdict = await ledger
    .verifyKey({ keyId: principal.keyId, secretHash: principal.secretHash })
    .catch((error: unknown) => {
      throw serviceUnavailable('The ledger', error instanceof Error ? error.message : String(error))
    })
  if (!verdict.ok) throw toAdmissionProblem(verdict)
}
