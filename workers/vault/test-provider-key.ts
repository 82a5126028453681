// Whether a key works, by the cheapest thing that every vendor can be asked: the list of its models.
import { z } from 'zod'
import type { OpenedProviderKey, ProviderKeyTest } from '#shared/contracts/vault'
import { createGuardedFetch } from '#shared/lib/guarded-fetch'
import { vendorSettings } from '#shared/providers/vendor-settings'
import type { VaultContext } from './context.ts'
import { getProviderKeyOf } from './get-provider-key.ts'
import { openProviderKey } from './open-provider-keys.ts'

const TIMEOUT_MS = 15_000

const ModelList = z.object({ data: z.array(z.unknown()) })

const failed = (fault: ProviderKeyTest['fault'], status: number | null = null): ProviderKeyTest => ({
  ok: false,
  fault,
  status,
  models: null,
})

function requestOf({ vendor, apiKey, baseURL }: OpenedProviderKey): { url: string; headers: Record<string, string> } {
  const base = baseURL ?? vendorSettings[vendor].baseURL ?? ''
  if (vendor === 'anthropic')
    return { url: `${base}/v1/models?limit=1000`, headers: { 'x-api-key': apiKey, 'anthropic-version': '2023-06-01' } }
  return { url: `${base}/models`, headers: { authorization: `Bearer ${apiKey}` } }
}

async function ask(key: OpenedProviderKey, ctx: VaultContext): Promise<ProviderKeyTest> {
  const { url, headers } = requestOf(key)
  const controller = new AbortController()
  const cancel = ctx.timers.after(TIMEOUT_MS, () => controller.abort())
  try {
    const send = createGuardedFetch({ local: ctx.local, fetch: ctx.fetch })
    const response = await send(url, { headers: { accept: 'application/json', ...headers }, signal: controller.signal })
    // Nothing of what it says is passed on: it may quote the key.
    const text = await response.text()
    if (!response.ok) return failed(response.status >= 500 ? 'unreachable' : 'refused', response.status)
    const list = ModelList.safeParse(parse(text))
    if (!list.success) return failed('misunderstood', response.status)
    return { ok: true, fault: null, status: response.status, models: list.data.data.length }
  } catch {
    return failed('unreachable')
  } finally {
    cancel()
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export async function testProviderKey(input: {
  id: string
  organizationId: string
  ctx: VaultContext
}): Promise<ProviderKeyTest> {
  const { ctx } = input
  const key = await openProviderKey({ row: await getProviderKeyOf(input), ctx })
  return key ? ask(key, ctx) : failed('unreadable')
}
