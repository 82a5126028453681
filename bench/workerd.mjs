// Runs Workers the way production does: their deployable bundles on plain workerd, without the dev server.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { root } from '../scripts/lib/project.mjs'

const workerdPath = () => {
  const name = `@cloudflare/workerd-${process.platform}-${process.arch === 'x64' ? '64' : process.arch}`
  return createRequire(join(root, 'package.json')).resolve(`${name}/bin/workerd`)
}

const quote = (text) => JSON.stringify(text)

function bindingText([name, value]) {
  if (typeof value === 'string') return `(name = ${quote(name)}, text = ${quote(value)})`
  if (value.service) {
    const entrypoint = value.entrypoint ? `, entrypoint = ${quote(value.entrypoint)}` : ''
    const props = value.props ? `, props = (json = ${quote(JSON.stringify(value.props))})` : ''
    return `(name = ${quote(name)}, service = (name = ${quote(value.service)}${entrypoint}${props}))`
  }
  if (value.queue) return `(name = ${quote(name)}, queue = (name = ${quote(value.queue)}))`
  if (value.object) {
    const script = value.script ? `, serviceName = ${quote(value.script)}` : ''
    return `(name = ${quote(name)}, durableObjectNamespace = (className = ${quote(value.object)}${script}))`
  }
  throw new Error(`a binding of no known kind: ${name}`)
}

// Cap'n Proto reads an absolute path as one below its import folders, so bundles are named from the config's.
const moduleText =
  (folder) =>
  ({ name, path }) => {
    const kind = path.endsWith('.wasm') ? 'wasm' : path.endsWith('.txt') ? 'text' : 'esModule'
    return `(name = ${quote(name)}, ${kind} = embed ${quote(relative(folder, path))})`
  }

function workerText(worker, folder) {
  const objects = worker.objects ?? []
  return `(name = ${quote(worker.name)}, worker = (
    modules = [${worker.modules.map(moduleText(folder)).join(', ')}],
    compatibilityDate = ${quote(worker.date)},
    compatibilityFlags = [${(worker.flags ?? []).map(quote).join(', ')}],
    bindings = [${Object.entries(worker.bindings ?? {})
      .map(bindingText)
      .join(', ')}],
    ${objects.length > 0 ? `durableObjectNamespaces = [${objects.map((name) => `(className = ${quote(name)}, uniqueKey = ${quote(`bench-${name}`)}, enableSql = true)`).join(', ')}], durableObjectStorage = (localDisk = "disk"),` : ''}
    globalOutbound = "internet"
  ))`
}

/** The bundle's files, the entry first, as wrangler left them. */
export function bundleModules(folder) {
  const files = readdirSync(folder).filter((name) => /\.(js|mjs|wasm)$/.test(name))
  const entry = files.find((name) => name === 'worker.js' || name === 'index.js') ?? files[0]
  return [entry, ...files.filter((name) => name !== entry)].map((name) => ({ name, path: join(folder, name) }))
}

/** Starts one workerd process. `sockets`: {service, port}. Answers with its pid and a way to stop it. */
export async function startWorkerd({ name, workers, sockets, folder, pinTo = null }) {
  mkdirSync(join(folder, name, 'objects'), { recursive: true })
  const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    ${workers.map((worker) => workerText(worker, join(folder, name))).join(',\n    ')},
    (name = "internet", network = (allow = ["private", "local", "public"])),
    (name = "disk", disk = (path = ${quote(join(folder, name, 'objects'))}, writable = true))
  ],
  sockets = [${sockets.map(({ service, port }, at) => `(name = "s${at}", address = "127.0.0.1:${port}", http = (), service = ${quote(service)})`).join(', ')}]
);`
  const path = join(folder, name, 'config.capnp')
  writeFileSync(path, config)
  const inspector = process.env.BENCH_INSPECTOR ? [`--inspector-addr=127.0.0.1:${process.env.BENCH_INSPECTOR}`] : []
  const command = [workerdPath(), 'serve', '--experimental', ...(name === 'riwaq' ? inspector : []), path]
  const [file, ...args] = pinTo === null ? command : ['taskset', '-c', String(pinTo), ...command]
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stderr.on('data', (chunk) => (output = (output + chunk).slice(-8000)))
  child.stdout.on('data', (chunk) => (output = (output + chunk).slice(-8000)))
  let ended = false
  child.on('exit', () => (ended = true))
  const url = `http://127.0.0.1:${sockets[0].port}`
  for (let tries = 0; tries < 200; tries++) {
    if (ended) throw new Error(`workerd (${name}) ended:\n${output}`)
    if (
      await fetch(url, { signal: AbortSignal.timeout(2000) }).then(
        () => true,
        () => false,
      )
    )
      break
    await new Promise((done) => setTimeout(done, 50))
  }
  return { pid: child.pid, url, output: () => output, stop: () => child.kill('SIGKILL') }
}

/** Seconds of CPU that a process has used, and its resident memory in bytes. Linux; null elsewhere. */
export function processCost(pid) {
  const path = `/proc/${pid}/stat`
  if (!existsSync(path)) return null
  const fields = readFileSync(path, 'utf8').split(') ')[1].split(' ')
  return { cpuSeconds: (Number(fields[11]) + Number(fields[12])) / 100, memoryBytes: Number(fields[21]) * 4096 }
}
