// The local stand-in for Stripe: a Worker of its own beside the platform, started where payments are wanted and no
// account at Stripe is configured. It is never deployed.
import { createServer } from 'node:net'

const loopback = ['127.0.0.1', 'localhost', '::1']

export function portIsFree(port, host) {
  return new Promise((answer) => {
    const server = createServer()
    server.once('error', () => answer(false))
    server.listen(port, host, () => server.close(() => answer(true)))
  })
}

const anyPort = () =>
  new Promise((answer, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => answer(port))
    })
  })

/**
 * A platform that is open to a network has no till that everybody can open: there the stand-in is started only by
 * whoever names its port.
 */
export function wantsLocalStripe({ settings, host }) {
  const mode = settings.BILLING_MODE?.trim().toLowerCase()
  if (settings.STRIPE_SECRET_KEY || (mode && mode !== 'stripe')) return false
  return loopback.includes(host) || settings.LOCAL_STRIPE_PORT !== undefined
}

/** Ten thousand above the platform's own, so that it is found again; any other where that is taken. */
export async function chooseStripePort({ settings, port }) {
  const wanted = settings.LOCAL_STRIPE_PORT === undefined ? port + 10_000 : Number(settings.LOCAL_STRIPE_PORT)
  if (settings.LOCAL_STRIPE_PORT !== undefined && !(Number.isInteger(wanted) && wanted > 0 && wanted < 65_536))
    throw new Error(`LOCAL_STRIPE_PORT must be a number from 1 to 65535, not “${settings.LOCAL_STRIPE_PORT}”.`)
  if (wanted < 65_536 && (await portIsFree(wanted, '127.0.0.1'))) return wanted
  if (settings.LOCAL_STRIPE_PORT !== undefined)
    throw new Error(`Port ${wanted} is in use. Choose another for the local stand-in for Stripe: LOCAL_STRIPE_PORT=…`)
  return anyPort()
}

/** What the platform and the stand-in must agree on. */
export function withLocalStripe({ settings, url, platformUrl }) {
  return {
    STRIPE_TAX: 'on',
    ...settings,
    STRIPE_SECRET_KEY: settings.LOCAL_STRIPE_KEY,
    STRIPE_WEBHOOK_SECRET: settings.STRIPE_WEBHOOK_SECRET ?? settings.LOCAL_STRIPE_WEBHOOK_SECRET,
    STRIPE_API_BASE: url,
    LOCAL_STRIPE_ORIGIN: url,
    LOCAL_STRIPE_WEBHOOK_URL: `${platformUrl}/webhooks/stripe`,
  }
}
