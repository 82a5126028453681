import { Discrepancies } from './discrepancies.tsx'
import { Events } from './events.tsx'
import { Reconciliation } from './reconciliation.tsx'

export function Payments() {
  return (
    <div class="stack">
      <Discrepancies />
      <Reconciliation />
      <Events />
    </div>
  )
}
