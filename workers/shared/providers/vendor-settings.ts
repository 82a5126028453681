// By which settings each vendor is reached, and where it is without them.
import type { ProviderKeyVendor } from '../contracts/vault.ts'
import { compatibleVendors } from './compatible/index.ts'

export const vendorSettings = {
  openai: { keyName: 'OPENAI_API_KEY', baseURLName: 'OPENAI_BASE_URL', baseURL: 'https://api.openai.com/v1' },
  anthropic: { keyName: 'ANTHROPIC_API_KEY', baseURLName: 'ANTHROPIC_BASE_URL', baseURL: 'https://api.anthropic.com' },
  ...compatibleVendors,
  /** A server of one's own is nowhere by itself. */
  compatible: { keyName: 'COMPATIBLE_API_KEY', baseURLName: 'COMPATIBLE_BASE_URL', baseURL: null },
} as const satisfies Record<ProviderKeyVendor, { keyName: string; baseURLName: string; baseURL: string | null }>
