import type { Redirect } from '#shared/contracts/billing'

/** Goes to Stripe's page. It never ends: what was pressed stays busy until this page is gone. */
export function leaveFor({ url }: Redirect): Promise<never> {
  window.location.assign(url)
  return new Promise(() => {})
}
