// Writes each Worker's config for one run or release: its own wrangler.toml with absolute paths and with the
// settings that this Worker may see. In the data folder, so that two copies with other settings live side by side.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { ownRoutesOf } from './own-routes.mjs'
import { localWorkers, readConfig, root, workers } from './project.mjs'
import { isSecret, localSettingsOf, settingsOf } from './settings.mjs'

function absoluteConfig(worker, { databaseId, jurisdiction } = {}) {
  const config = readConfig(worker)
  const home = dirname(join(root, worker.config))
  config.main = resolve(home, config.main)
  if (config.assets) config.assets.directory = resolve(home, config.assets.directory)
  for (const database of config.d1_databases ?? []) {
    if (database.migrations_dir) database.migrations_dir = resolve(home, database.migrations_dir)
    if (databaseId) database.database_id = databaseId
  }
  if (jurisdiction) for (const bucket of config.r2_buckets ?? []) bucket.jurisdiction = jurisdiction
  return config
}

function writePrivate(path, value) {
  writeFileSync(path, JSON.stringify(value, null, 2))
  chmodSync(path, 0o600)
  return path
}

/** What of the settings one Worker is given. */
export const settingsFor = (name, settings) =>
  Object.fromEntries(
    (settingsOf[name] ?? localSettingsOf[name])
      .filter((key) => settings[key] !== undefined)
      .map((key) => [key, settings[key]]),
  )

/** For a local run, where a secret is a plain variable of a file that only its owner can read. */
export function writeLocalConfigs({ dataDir, settings }) {
  const folder = join(dataDir, 'run')
  mkdirSync(folder, { recursive: true })
  return Object.fromEntries(
    [...workers, ...localWorkers].map((worker) => {
      const config = absoluteConfig(worker)
      // The AI binding runs on Cloudflare alone, and wrangler would ask for an account to reach it.
      delete config.ai
      config.vars = { ...config.vars, ...settingsFor(worker.name, settings) }
      return [worker.name, writePrivate(join(folder, `${worker.name}.json`), config)]
    }),
  )
}

/** For a release: variables in the config, secrets in a file beside it that wrangler uploads with the version. */
export function writeReleaseConfigs({ folder, settings, databaseId }) {
  mkdirSync(folder, { recursive: true })
  return workers.map((worker) => {
    const given = Object.entries(settingsFor(worker.name, settings))
    const config = absoluteConfig(worker, { databaseId, jurisdiction: settings.DATA_JURISDICTION })
    const variables = given.filter(([key]) => !isSecret(key))
    const secrets = given.filter(([key]) => isSecret(key))
    config.vars = { ...config.vars, ...Object.fromEntries(variables) }
    const routes = ownRoutesOf(worker.name, settings)
    if (routes.length > 0) config.routes = routes
    return {
      name: worker.name,
      script: config.name,
      config: writePrivate(join(folder, `${worker.name}.json`), config),
      secretsFile:
        secrets.length > 0
          ? writePrivate(join(folder, `${worker.name}.secrets.json`), Object.fromEntries(secrets))
          : null,
      variables: variables.map(([key]) => key),
      secrets: secrets.map(([key]) => key),
    }
  })
}
