// How what we sell is called at Stripe. The names are ours, so that whatever made a price finds it again.
export interface PriceName {
  kind: 'plan' | 'credit_pack' | 'overage'
  item: string
  version: number
  interval: 'month' | 'year' | 'once'
  currency: string
}

export const METER_EVENT = 'riwaq_overage'
export const METER_PRODUCT = 'riwaq_overage'

export const productIdOf = ({ kind, item }: Pick<PriceName, 'kind' | 'item'>): string => `riwaq_${kind}_${item}`

export const lookupKeyOf = ({ kind, item, version, interval, currency }: PriceName): string =>
  `riwaq:${kind}:${item}:${version}:${interval}:${currency}`

export const priceMetadata = ({ kind, item, version }: PriceName): Record<string, string> => ({
  riwaq_kind: kind,
  riwaq_item: item,
  riwaq_version: String(version),
})
