// Renews workers/shared/catalog/generated from the price data of @earendil-works/pi-ai and says what changed.
//   npm run catalog:refresh                     the newest release
//   npm run catalog:refresh -- --from FILE      a file: an extract, or a package's tarball or folder
//   … --out FILE                                writes elsewhere
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { toGeneratedCatalog } from '../workers/shared/catalog/from-price-source.ts'
import { describeChanges, toCatalogText } from '../workers/shared/catalog/write-catalog.ts'

const run = promisify(execFile)
const PACKAGE = '@earendil-works/pi-ai'
const generated = fileURLToPath(new URL('../workers/shared/catalog/generated/language-models.json', import.meta.url))

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

async function download(folder) {
  const { stdout } = await run('npm', ['pack', `${PACKAGE}@latest`, '--silent', '--pack-destination', folder], {
    cwd: folder,
  })
  return unpack(join(folder, stdout.trim().split('\n').at(-1)), folder)
}

async function readSource(from, folder) {
  if (!from) return download(folder)
  if ((await stat(from)).isDirectory()) return readPackage(from)
  if (from.endsWith('.tgz')) return unpack(from, folder)
  const { source, generatedAt, models } = await readJson(from)
  return { source, generatedAt, providers: models }
}

const { values } = parseArgs({ options: { from: { type: 'string' }, out: { type: 'string', default: generated } } })
const folder = await mkdtemp(join(tmpdir(), 'riwaq-catalog-'))
try {
  const after = toGeneratedCatalog(await readSource(values.from && resolve(values.from), folder))
  if (after.models.length === 0)
    throw new Error('the source holds no model that we know how to sell; its layout may have changed')
  const before = await readJson(values.out).catch(() => ({ models: [] }))
  const changes = describeChanges(before, after)
  await writeFile(values.out, toCatalogText(after))
  process.stdout.write(
    `${changes.join('\n')}${changes.length > 0 ? '\n' : ''}${after.models.length} models, ${changes.length} changed, prices of ${after.checkedAt} (${after.source})\n`,
  )
} catch (error) {
  process.stderr.write(`The catalogue was left as it is: ${error.message}\n`)
  process.exitCode = 1
} finally {
  await rm(folder, { recursive: true, force: true })
}
