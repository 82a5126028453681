// A ledger in Node, on rows in memory: everything but the object's shell. Nothing is written
// until the journal is told to; `crash` drops what is in memory and wakes another from the rows.
import type { Clock } from '#shared/lib/clock'
import { createIds } from '#shared/lib/ids'
import { Journal } from './journal.ts'
import { createMemoryStorage, type MemoryStorage } from './memory-storage.ts'
import { LedgerStore } from './store.ts'
import { Teller } from './teller.ts'

export interface TestLedger {
  teller: Teller
  store: LedgerStore
  journal: Journal
  storage: MemoryStorage
  crash(): void
}

export function createTestLedger({
  clock,
  storage = createMemoryStorage(),
}: {
  clock: Clock
  storage?: MemoryStorage
}): TestLedger {
  const ledger = { storage } as TestLedger
  ledger.crash = () => {
    const store = new LedgerStore(storage)
    const journal = new Journal({
      write: (changes) => store.append(changes),
      synced: () => new Promise(() => {}),
      onFailure: () => {},
      linger: () => {},
    })
    const about = { clock, ids: createIds(clock), organizationId: () => 'org_test00000001' }
    Object.assign(ledger, { store, journal, teller: new Teller({ store, journal, ...about }) })
  }
  ledger.crash()
  return ledger
}
