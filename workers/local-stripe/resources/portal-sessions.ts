// Ways into the billing portal, each for one customer.
import { invalid } from '../errors.ts'
import { object, oneOf, required, string } from '../params.ts'
import { route, type Resource } from '../resource.ts'
import type { PortalSession } from '../tables.ts'
import { defaultConfiguration } from './portal-configurations.ts'

const ofSubscription = object({ subscription: required(string()) })

const flowData = object({
  after_completion: object({
    hosted_confirmation: object({ custom_message: string() }),
    redirect: object({ return_url: required(string()) }),
    type: required(oneOf('hosted_confirmation', 'portal_homepage', 'redirect')),
  }),
  subscription_cancel: ofSubscription,
  subscription_update: ofSubscription,
  type: required(oneOf('customer_update', 'payment_method_update', 'subscription_cancel', 'subscription_update')),
})

type Flow = ReturnType<typeof flowData.read>

function flowOf(given: Flow | undefined): PortalSession['flow'] {
  if (!given) return null
  const after = given.after_completion
  return {
    after_completion: {
      hosted_confirmation: after?.hosted_confirmation
        ? { custom_message: after.hosted_confirmation.custom_message ?? null }
        : null,
      redirect: after?.redirect ?? null,
      type: after?.type ?? 'portal_homepage',
    },
    customer_update: null,
    subscription_cancel: given.subscription_cancel ? { ...given.subscription_cancel, retention: null } : null,
    subscription_pause: null,
    subscription_update: given.subscription_update ?? null,
    subscription_update_confirm: null,
    type: given.type,
  }
}

export const portalSessions: Resource = {
  routes: [
    route({
      method: 'POST',
      path: '/v1/billing_portal/sessions',
      params: {
        configuration: string(),
        customer: required(string()),
        flow_data: flowData,
        locale: string(),
        return_url: string(),
      },
      handler({ engine, params }) {
        const customer = engine.need('customer', params.customer, 'customer')
        const configuration = params.configuration
          ? engine.need('billing_portal.configuration', params.configuration, 'configuration')
          : defaultConfiguration(engine)
        const { features } = configuration
        if (params.flow_data?.type === 'payment_method_update' && !features.payment_method_update.enabled)
          throw invalid('Payment method updates are not enabled in the portal configuration.', { param: 'flow_data' })
        const id = engine.id('bps')
        const session: PortalSession = {
          id,
          object: 'billing_portal.session',
          configuration: configuration.id,
          created: engine.now(customer),
          customer: customer.id,
          customer_account: null,
          flow: flowOf(params.flow_data),
          livemode: false,
          locale: params.locale ?? null,
          on_behalf_of: null,
          return_url: params.return_url ?? configuration.default_return_url,
          url: `${engine.config.origin}/p/session/${id}`,
        }
        engine.store.put('billing_portal.session', session)
        engine.emit('billing_portal.session.created', session)
        return session
      },
    }),
  ],
}
