// Where a vendor says that a job has come on: only where it could reach us. Without it the job is asked after, which is
// slower and no less certain.
import type { VendorId } from '#shared/contracts/model'
import { isLocalPlatform } from '#shared/lib/local-platform'
import { checkPublicUrl } from '#shared/lib/public-url'

export interface WebhookAddressSettings {
  PUBLIC_URL?: string
  LOCAL_URL?: string
  FAL_BASE_URL?: string
  REPLICATE_BASE_URL?: string
}

const baseURLs = { fal: 'FAL_BASE_URL', replicate: 'REPLICATE_BASE_URL' } as const
export type WebhookVendor = keyof typeof baseURLs

export const webhookVendors = Object.keys(baseURLs) as WebhookVendor[]
const isWebhookVendor = (vendor: string): vendor is WebhookVendor => vendor in baseURLs

export function webhookUrlOf({
  vendor,
  jobId,
  settings,
}: {
  vendor: VendorId
  jobId: string
  settings: WebhookAddressSettings
}): string | null {
  if (!isWebhookVendor(vendor)) return null
  const { PUBLIC_URL, LOCAL_URL } = settings
  const path = `/webhooks/images/${vendor}/${jobId}`
  const address = (base: string) => `${base.trim().replace(/\/+$/, '')}${path}`
  if (PUBLIC_URL && !isLocalPlatform(PUBLIC_URL)) {
    const url = address(PUBLIC_URL)
    return checkPublicUrl(url).ok ? url : null
  }
  // A stand-in for the vendor on this machine can reach this machine.
  const standIn = settings[baseURLs[vendor]]
  return LOCAL_URL && standIn && isLocalPlatform(standIn) ? address(LOCAL_URL) : null
}
