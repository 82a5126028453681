// Who calls, for a request that came in through this Worker's own door: known by the request itself, so that nothing
// that a caller writes can stand for it and nothing has to be sealed on the way.
import type { Principal } from '../contracts/principal.ts'

export interface Vouched {
  principal: Principal
  requestId: string
  /** What every answer says here: whoever makes an answer anew may say it at once. */
  standing: Readonly<Record<string, string>>
}

const vouched = new WeakMap<Request, Vouched>()

export const vouchFor = (request: Request, facts: Vouched): void => void vouched.set(request, facts)
export const vouchedFor = (request: Request): Vouched | undefined => vouched.get(request)
