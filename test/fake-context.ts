// What a unit test hands to `app.request`: a principal as the gateway would seal it, and an execution
// context that collects `waitUntil` promises so that a test can await them before it looks at the ledger.
import type { Principal } from '#shared/contracts/principal'
import { PRINCIPAL_HEADER, REQUEST_ID_HEADER, sealPrincipal } from '#shared/http/principal'

export const TEST_PRINCIPAL_KEY = 'a principal key for tests only, 32 bytes or more'

export async function principalHeaders(principal: Principal, requestId = 'req_test'): Promise<Record<string, string>> {
  const sealed = await sealPrincipal({ principal, at: Date.now() }, TEST_PRINCIPAL_KEY)
  return { [PRINCIPAL_HEADER]: sealed, [REQUEST_ID_HEADER]: requestId }
}

export function createTestExecutionContext() {
  const pending: Promise<unknown>[] = []
  return {
    waitUntil: (promise: Promise<unknown>) => void pending.push(promise),
    passThroughOnException: () => {},
    props: { caller: 'gateway' },
    async settled() {
      while (pending.length > 0) await pending.shift()
    },
  }
}
