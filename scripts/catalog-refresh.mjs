// Renews workers/shared/catalog/generated from the price data of @earendil-works/pi-ai, and what that does not have
// (embeddings, sound, long caches) from @pydantic/genai-prices, and says what changed.
//   npm run catalog:refresh                     the newest releases
//   npm run catalog:refresh -- --from FILE      a file: an extract, or a package's tarball or folder; that one alone
//   … --further-from FILE                       the same for the second source
//   … --out FILE --further-out FILE             writes elsewhere
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { furtherSourceNames, toFurtherPrices, toFurtherText } from '../workers/shared/catalog/from-further-source.ts'
import { toGeneratedCatalog } from '../workers/shared/catalog/from-price-source.ts'
import { describeChanges, toCatalogText } from '../workers/shared/catalog/write-catalog.ts'

const run = promisify(execFile)
const PACKAGE = '@earendil-works/pi-ai'
const FURTHER_PACKAGE = '@pydantic/genai-prices'
const inGenerated = (name) =>
  fileURLToPath(new URL(`../workers/shared/catalog/generated/${name}.json`, import.meta.url))

const readJson = async (path) => JSON.parse(await readFile(path, 'utf8'))

async function readPackage(folder) {
  const { name, version } = await readJson(join(folder, 'package.json'))
  const data = join(folder, 'dist/providers/data')
  const { generatedAt } = await readJson(join(data, '.manifest.json'))
  const providers = {}
  for (const file of await readdir(data)) {
    if (file.startsWith('.') || !file.endsWith('.json')) continue
    // A provider's models are grouped by the protocol they are spoken to in.
    providers[file.slice(0, -5)] = Object.assign({}, ...Object.values(await readJson(join(data, file))))
  }
  return { source: `npm ${name}@${version} (MIT)`, generatedAt, providers }
}

async function unpack(tarball, folder) {
  await run('tar', ['-xzf', tarball, '-C', folder])
  return readPackage(join(folder, 'package'))
}

async function download(name, folder) {
  const { stdout } = await run('npm', ['pack', `${name}@latest`, '--silent', '--pack-destination', folder], {
    cwd: folder,
  })
  return join(folder, stdout.trim().split('\n').at(-1))
}

async function readSource(from, folder) {
  if (!from) return unpack(await download(PACKAGE, folder), folder)
  if ((await stat(from)).isDirectory()) return readPackage(from)
  if (from.endsWith('.tgz')) return unpack(from, folder)
  const { source, generatedAt, models } = await readJson(from)
  return { source, generatedAt, providers: models }
}

/** The package is a program, and its data is in it; the day of its release is the registry's to say. */
async function readFurtherPackage(folder) {
  const { name, version } = await readJson(join(folder, 'package.json'))
  const { findProvider } = await import(pathToFileURL(join(folder, 'dist/index.js')).href)
  const { stdout } = await run('npm', ['view', name, 'time', '--json'])
  return {
    source: `npm ${name}@${version} (MIT)`,
    generatedAt: JSON.parse(stdout)[version],
    providers: Object.fromEntries(
      Object.values(furtherSourceNames).map((id) => [id, findProvider({ providerId: id })?.models ?? []]),
    ),
  }
}

async function readFurtherSource(from, folder) {
  if (from && !from.endsWith('.tgz'))
    return (await stat(from)).isDirectory() ? readFurtherPackage(from) : readJson(from)
  await run('tar', ['-xzf', from || (await download(FURTHER_PACKAGE, folder)), '-C', folder])
  return readFurtherPackage(join(folder, 'package'))
}

async function refresh({ from, out, folder }) {
  const after = toGeneratedCatalog(await readSource(from && resolve(from), folder))
  if (after.models.length === 0)
    throw new Error('the source holds no model that we know how to sell; its layout may have changed')
  const before = await readJson(out).catch(() => ({ models: [] }))
  const changes = describeChanges(before, after)
  await writeFile(out, toCatalogText(after))
  process.stdout.write(
    `${changes.join('\n')}${changes.length > 0 ? '\n' : ''}${after.models.length} models, ${changes.length} changed, prices of ${after.checkedAt} (${after.source})\n`,
  )
}

async function refreshFurther({ from, out, folder }) {
  const after = toFurtherPrices(await readFurtherSource(from && resolve(from), folder))
  const { embeddings, audio, longCache, checkedAt, source } = after
  if (Object.keys(embeddings).length === 0)
    throw new Error('the second source holds no price of embeddings; its layout may have changed')
  await writeFile(out, toFurtherText(after))
  process.stdout.write(
    `${Object.keys(embeddings).length} embedding models, ${Object.keys(audio).length} that hear, ${Object.keys(longCache).length} long caches, prices of ${checkedAt} (${source})\n`,
  )
}

const { values } = parseArgs({
  options: {
    from: { type: 'string' },
    'further-from': { type: 'string' },
    out: { type: 'string', default: inGenerated('language-models') },
    'further-out': { type: 'string', default: inGenerated('further-prices') },
  },
})
const one = Boolean(values.from) !== Boolean(values['further-from'])
const folders = await Promise.all(['first', 'second'].map((name) => mkdtemp(join(tmpdir(), `riwaq-catalog-${name}-`))))
try {
  if (values.from || !one) await refresh({ from: values.from, out: values.out, folder: folders[0] })
  if (values['further-from'] || !one)
    await refreshFurther({ from: values['further-from'], out: values['further-out'], folder: folders[1] })
} catch (error) {
  process.stderr.write(`The catalogue was left as it is: ${error.message}\n`)
  process.exitCode = 1
} finally {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })))
}
