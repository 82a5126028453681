// Writes each Worker's config for a local run: its own wrangler.toml with absolute paths and with the
// settings that this Worker may see. In the data folder, so that two copies with other settings run side by side.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { readConfig, root, workers } from './project.mjs'
import { settingsOf } from './settings.mjs'

export function writeLocalConfigs({ dataDir, settings }) {
  const folder = join(dataDir, 'run')
  mkdirSync(folder, { recursive: true })
  const paths = {}
  for (const worker of workers) {
    const config = readConfig(worker)
    const home = dirname(join(root, worker.config))
    config.main = resolve(home, config.main)
    if (config.assets) config.assets.directory = resolve(home, config.assets.directory)
    for (const database of config.d1_databases ?? []) {
      if (database.migrations_dir) database.migrations_dir = resolve(home, database.migrations_dir)
    }
    const given = settingsOf[worker.name].filter((name) => settings[name] !== undefined)
    config.vars = { ...config.vars, ...Object.fromEntries(given.map((name) => [name, settings[name]])) }
    const path = join(folder, `${worker.name}.json`)
    writeFileSync(path, JSON.stringify(config, null, 2))
    chmodSync(path, 0o600)
    paths[worker.name] = path
  }
  return paths
}
