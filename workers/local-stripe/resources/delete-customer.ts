import type { Engine } from '../engine.ts'
import type { Deleted } from '../tables.ts'

/** Whoever asks for a deleted customer is told that it is gone; what it had ends by what follows from the event. */
export function deleteCustomer(engine: Engine, id: string): Deleted {
  const customer = engine.need('customer', id)
  engine.emit('customer.deleted', customer)
  const deleted: Deleted = { id, object: 'customer', deleted: true }
  engine.store.remove('customer', id)
  engine.store.put('_deleted', deleted)
  return deleted
}
