// What an organization that brings vendors' keys of its own can call of what this service calls.
import type { PolicySnapshot } from '#shared/contracts/policy'
import type { Clock } from '#shared/lib/clock'
import { createEmbeddingModels, type EmbeddingModels } from '#shared/providers/embedding-models'
import { createImageCatalog, type ImageCatalog } from '#shared/providers/image-catalog'
import {
  languageModelsOf,
  modelsFor,
  type LanguageModels,
  type LanguageModelSettings,
} from '#shared/providers/language-models'
import { createModerationModels, type ModerationModels } from '#shared/providers/moderation-models'
import { createOwnRegistries, lazily, type VaultEnv } from '#shared/providers/own-registries'

export interface OwnModelsEnv extends LanguageModelSettings, VaultEnv {}

/** Registries in which the organization's keys stand in for the platform's. */
export interface OwnRegistries {
  language: LanguageModels
  embeddings: EmbeddingModels
  moderations: ModerationModels
  /** Listed here; another service calls them. */
  images: ImageCatalog
}

interface OwnModelsOptions {
  clock?: Clock
  fetch?: typeof fetch
  /** The platform runs on somebody's machine, whose own servers may be called too. */
  local?: (env: OwnModelsEnv) => boolean
  /** What the platform itself can call. */
  platform?: (env: OwnModelsEnv) => LanguageModels
}

export type OwnModels = (env: OwnModelsEnv, organizationId: string, snapshot: PolicySnapshot) => Promise<OwnRegistries>

export const createOwnModels = ({ platform = languageModelsOf, ...options }: OwnModelsOptions = {}): OwnModels =>
  createOwnRegistries<OwnModelsEnv, OwnRegistries>({
    ...options,
    make: (making) =>
      lazily<OwnRegistries>({
        language: () => modelsFor({ ...making, platform: platform(making.settings) }),
        embeddings: () => createEmbeddingModels(making),
        moderations: () => createModerationModels(making),
        images: () => createImageCatalog(making),
      }),
  })
