import { Skeleton } from '../../ui/skeleton.tsx'

export const BillingWait = () => (
  <div class="card billing-wait">
    <Skeleton lines={10} />
  </div>
)
