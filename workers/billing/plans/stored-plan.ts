import type { CreditPackBody, PlanBody } from '#shared/contracts/plans'

/** A version of a plan; `position` and `archived` are of the plan itself. */
export interface StoredPlan {
  id: string
  version: number
  position: number
  archived: boolean
  body: PlanBody
}

export interface StoredPack {
  id: string
  version: number
  position: number
  archived: boolean
  body: CreditPackBody
}
