// How the organization's plan stands, for banners on every page: asked once for a page, shared by its islands.
import { signal } from '@preact/signals'
import type { BillingStatus } from '#shared/contracts/billing'
import { api } from './client.ts'

export type { BillingStatus }

export const billingStatus = signal<BillingStatus | null>(null)

let asked: Promise<BillingStatus | null> | null = null

/** `again` after something was paid or changed. Not knowing is no failure of a page: nothing is shown then. */
export function loadBillingStatus({ again = false } = {}): Promise<BillingStatus | null> {
  if (!asked || again) asked = askStatus()
  return asked
}

async function askStatus(): Promise<BillingStatus | null> {
  try {
    billingStatus.value = await api.get<BillingStatus>('/api/billing/status')
  } catch {
    asked = null
  }
  return billingStatus.value
}
