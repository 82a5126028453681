// What an organization that brings vendors' keys of its own can call. The keys are asked of the vault once for each
// version of its policy and then kept in this isolate's memory: a change counts the version up, and `admit()` tells
// every isolate of it.
import type { PolicySnapshot } from '../contracts/policy.ts'
import type { VaultQuestions } from '../contracts/vault.ts'
import { serviceUnavailable } from '../http/problems.ts'
import { systemClock, type Clock } from '../lib/clock.ts'
import { createSmallCache } from '../lib/small-cache.ts'
import { createOwnKeys, type OwnKeys } from './own-keys.ts'

export interface VaultEnv {
  VAULT_RPC: VaultQuestions
  PUBLIC_URL?: string
}

/** What a registry is made of for one organization. */
export interface OwnMaking<Env> {
  settings: Env
  fetch: typeof globalThis.fetch
  own: OwnKeys
}

export interface OwnRegistriesOptions<Env, Registries> {
  make(making: OwnMaking<Env>): Registries
  clock?: Clock
  fetch?: typeof globalThis.fetch
  /** The platform runs on somebody's machine, whose own servers may be called too. */
  local?: (env: Env) => boolean
}

interface Kept<Registries> {
  version: number
  until: number
  registries: Registries
}

/** A registry is some hundred kilobytes, and each holds secrets. */
const ORGANIZATIONS = 50
/** A key that the vault could not open a moment ago may be there again. */
const LIFETIME_MS = 5 * 60_000
/** When a key was last used is shown to people, who do not look every second. */
const NOTE_EVERY_MS = 60_000

export function createOwnRegistries<Env extends VaultEnv, Registries>({
  make,
  clock = systemClock,
  fetch,
  local = () => false,
}: OwnRegistriesOptions<Env, Registries>) {
  const kept = createSmallCache<Kept<Registries>>(ORGANIZATIONS)
  const noted = createSmallCache<number>(ORGANIZATIONS * 8)

  async function keysOf(env: Env, organizationId: string) {
    try {
      return await env.VAULT_RPC.providerKeysOf({ organizationId })
    } catch (error) {
      throw serviceUnavailable('The vault', error instanceof Error ? error.name : 'unreachable')
    }
  }

  function noteUse(env: Env, organizationId: string, keyId: string): void {
    const now = clock()
    if (now - (noted.get(keyId) ?? -Infinity) < NOTE_EVERY_MS) return
    noted.set(keyId, now)
    void env.VAULT_RPC.markUsed({ organizationId, keyId }).catch(() => undefined)
  }

  async function build(env: Env, organizationId: string, announced: PolicySnapshot['providerKeys']) {
    const send: typeof globalThis.fetch = fetch ?? ((input, init) => globalThis.fetch(input, init))
    const own = createOwnKeys({
      providerKeys: await keysOf(env, organizationId),
      announced,
      local: local(env),
      fetch: send,
      onUse: (keyId) => noteUse(env, organizationId, keyId),
    })
    return make({ settings: env, fetch: send, own })
  }

  return async function registriesOfOrganization(
    env: Env,
    organizationId: string,
    { version, providerKeys }: PolicySnapshot,
  ): Promise<Registries> {
    const before = kept.get(organizationId)
    if (before?.version === version && before.until > clock()) return before.registries
    const registries = await build(env, organizationId, providerKeys)
    kept.set(organizationId, { version, until: clock() + LIFETIME_MS, registries })
    return registries
  }
}

/** Most organizations call one kind of model: a registry is made when it is first asked for. */
export function lazily<Registries extends object>(makers: {
  [Kind in keyof Registries]: () => Registries[Kind]
}): Registries {
  const made: Partial<Registries> = {}
  const lazy = {} as Registries
  for (const kind of Object.keys(makers) as (keyof Registries)[])
    Object.defineProperty(lazy, kind, { enumerable: true, get: () => (made[kind] ??= makers[kind]()) })
  return lazy
}
