// The switches of the local stand-in for Stripe, and its objects as Stripe's own client reads them.
import Stripe from 'stripe'

export type Webhooks = 'normal' | 'double' | 'delayed' | 'reversed'

export function localStripe(url: string) {
  const { hostname, port } = new URL(url)
  const control = async (action: string, given: Record<string, unknown> = {}) => {
    const answer = await fetch(`${url}/_control/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(given),
    })
    if (!answer.ok) throw new Error(`the stand-in answered ${answer.status} to ${action}: ${await answer.text()}`)
  }
  return {
    stripe: new Stripe('sk_test_journey', { host: hostname, port, protocol: 'http', telemetry: false }),
    deliver: (mode: Webhooks) => control('webhooks', { mode }),
    /** Time passes for the whole account. */
    advance: (seconds: number) => control('advance', { seconds }),
    /** Whatever waits to be delivered is delivered now. */
    flush: () => control('flush'),
  }
}
