import type { LedgerRpc } from '#shared/contracts/ledger'
import { scopesAllow, type Action } from '#shared/contracts/permissions'
import type { PayingPrincipal, Principal } from '#shared/contracts/principal'
import { permissionDenied, serviceUnavailable } from '#shared/http/problems'
import { requirePayer } from '#shared/http/require-permission'
import { toAdmissionProblem } from '#shared/metering/admission-problem'

/** For what is asked by POST but costs nothing: no admission will check the key, which is only claimed so far. */
export async function requireKnown({
  principal,
  action,
  ledger,
}: {
  principal: Principal
  action: Action
  ledger: Pick<LedgerRpc, 'verifyKey'>
}): Promise<PayingPrincipal> {
  const payer = requirePayer(principal, action)
  if (payer.kind !== 'key-claim') return payer
  const verdict = await ledger
    .verifyKey({ keyId: payer.keyId, secretHash: payer.secretHash })
    .catch((error: unknown) => {
      throw serviceUnavailable('The ledger', error instanceof Error ? error.message : String(error))
    })
  if (!verdict.ok) throw toAdmissionProblem(verdict)
  if (!scopesAllow(verdict.scopes, action)) throw permissionDenied(action)
  return payer
}
