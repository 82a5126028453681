// What an organization that brings vendors' keys of its own can call. The keys are asked of the vault once for each
// version of its policy and then kept in this isolate's memory: a change counts the version up, and `admit()` tells
// every isolate of it.
import type { PolicySnapshot } from '#shared/contracts/policy'
import type { VaultQuestions } from '#shared/contracts/vault'
import { serviceUnavailable } from '#shared/http/problems'
import { systemClock, type Clock } from '#shared/lib/clock'
import { createSmallCache } from '#shared/lib/small-cache'
import { createEmbeddingModels, type EmbeddingModels } from '#shared/providers/embedding-models'
import {
  languageModelsOf,
  modelsFor,
  type LanguageModels,
  type LanguageModelSettings,
} from '#shared/providers/language-models'
import { createModerationModels, type ModerationModels } from '#shared/providers/moderation-models'
import { createOwnKeys } from '#shared/providers/own-keys'

export interface OwnModelsEnv extends LanguageModelSettings {
  VAULT_RPC: VaultQuestions
  PUBLIC_URL?: string
}

/** Registries in which the organization's keys stand in for the platform's. */
export interface OwnRegistries {
  language: LanguageModels
  embeddings: EmbeddingModels
  moderations: ModerationModels
}

interface Kept {
  version: number
  until: number
  registries: OwnRegistries
}

interface OwnModelsOptions {
  clock?: Clock
  fetch?: typeof fetch
  /** The platform runs on somebody's machine, whose own servers may be called too. */
  local?: (env: OwnModelsEnv) => boolean
  /** What the platform itself can call. */
  platform?: (env: OwnModelsEnv) => LanguageModels
}

/** A registry is some hundred kilobytes, and each holds secrets. */
const ORGANIZATIONS = 50
/** A key that the vault could not open a moment ago may be there again. */
const LIFETIME_MS = 5 * 60_000
/** When a key was last used is shown to people, who do not look every second. */
const NOTE_EVERY_MS = 60_000

export type OwnModels = (env: OwnModelsEnv, organizationId: string, snapshot: PolicySnapshot) => Promise<OwnRegistries>

/** Most organizations call one kind of model. */
function lazily(makers: { [Kind in keyof OwnRegistries]: () => OwnRegistries[Kind] }): OwnRegistries {
  const made: Partial<OwnRegistries> = {}
  return {
    get language() {
      return (made.language ??= makers.language())
    },
    get embeddings() {
      return (made.embeddings ??= makers.embeddings())
    },
    get moderations() {
      return (made.moderations ??= makers.moderations())
    },
  }
}

export function createOwnModels({
  clock = systemClock,
  fetch,
  local = () => false,
  platform = languageModelsOf,
}: OwnModelsOptions = {}): OwnModels {
  const kept = createSmallCache<Kept>(ORGANIZATIONS)
  const noted = createSmallCache<number>(ORGANIZATIONS * 8)

  async function keysOf(env: OwnModelsEnv, organizationId: string) {
    try {
      return await env.VAULT_RPC.providerKeysOf({ organizationId })
    } catch (error) {
      throw serviceUnavailable('The vault', error instanceof Error ? error.name : 'unreachable')
    }
  }

  function noteUse(env: OwnModelsEnv, organizationId: string, keyId: string): void {
    const now = clock()
    if (now - (noted.get(keyId) ?? -Infinity) < NOTE_EVERY_MS) return
    noted.set(keyId, now)
    void env.VAULT_RPC.markUsed({ organizationId, keyId }).catch(() => undefined)
  }

  async function build(env: OwnModelsEnv, organizationId: string, announced: PolicySnapshot['providerKeys']) {
    const send: typeof globalThis.fetch = fetch ?? ((input, init) => globalThis.fetch(input, init))
    const own = createOwnKeys({
      providerKeys: await keysOf(env, organizationId),
      announced,
      local: local(env),
      fetch: send,
      onUse: (keyId) => noteUse(env, organizationId, keyId),
    })
    const made = { settings: env, fetch: send, own }
    return lazily({
      language: () => modelsFor({ ...made, platform: platform(env) }),
      embeddings: () => createEmbeddingModels(made),
      moderations: () => createModerationModels(made),
    })
  }

  return async function modelsOfOrganization(env, organizationId, { version, providerKeys }) {
    const before = kept.get(organizationId)
    if (before?.version === version && before.until > clock()) return before.registries
    const registries = await build(env, organizationId, providerKeys)
    kept.set(organizationId, { version, until: clock() + LIFETIME_MS, registries })
    return registries
  }
}
