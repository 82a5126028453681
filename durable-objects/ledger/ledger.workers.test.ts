/// <reference types="@cloudflare/vitest-plugin/types" />
import { env } from 'cloudflare:workers'
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { expect, test } from 'vitest'
import { CONFORMANCE_START, ledgerConformance } from '#shared/metering/ledger-conformance'
import { createTestClock } from '#shared/lib/clock'
import type { LedgerRpc } from '#shared/contracts/ledger'
import type { Ledger } from './ledger.ts'

const namespace = (env as unknown as { LEDGER: DurableObjectNamespace<Ledger> }).LEDGER
let made = 0

async function createLedger() {
  const stub = namespace.getByName(`org_${++made}`)
  const clock = createTestClock(CONFORMANCE_START)
  await runInDurableObject(stub, (ledger: Ledger) => void (ledger.clock = clock))
  const ledger = new Proxy({} as LedgerRpc, { get: (_, method: 'balance') => method === ('then' as string) ? undefined : async (...a: []) => await (stub as unknown as LedgerRpc)[method](...a) })
  return { ledger, stub, clock }
}

ledgerConformance('the Ledger object', createLedger)
void expect; void test; void evictDurableObject; void runDurableObjectAlarm
