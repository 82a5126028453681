// Portkey's published gateway, bundled for workerd: its package ships only the Node server, whose `serve` call
// is answered here by keeping the app's fetch.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from '../scripts/lib/project.mjs'

const home = join(root, 'bench', 'portkey')

export async function bundlePortkey(folder) {
  if (!existsSync(join(home, 'node_modules'))) {
    const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: home,
      stdio: 'inherit',
    })
    if (status !== 0) return null
  }
  const out = join(folder, 'portkey-bundle')
  mkdirSync(out, { recursive: true })
  const shim = join(out, 'serve.mjs')
  writeFileSync(
    shim,
    'export const kept = {}\nexport const serve = (options) => { kept.fetch = options.fetch; return { on() {}, address: () => ({ port: 0 }) } }\nexport const createNodeWebSocket = () => ({ injectWebSocket() {}, upgradeWebSocket: () => async (c, next) => next() })\nexport const serveStatic = () => async (c, next) => next()\nexport const getConnInfo = () => ({ remote: {} })\n',
  )
  // Its cache in Redis is not configured here, and Redis's client does not load on workerd.
  const redis = join(out, 'redis.mjs')
  writeFileSync(redis, 'export class Redis {}\nexport class Cluster {}\nexport default Redis\n')
  // What follows `serve` is a banner with timers, which workerd refuses at start.
  const published = readFileSync(join(home, 'node_modules/@portkey-ai/gateway/build/start-server.js'), 'utf8')
  const server = join(home, 'node_modules/@portkey-ai/gateway/build/server-for-workerd.js')
  writeFileSync(
    server,
    published.replace(/^#!.*\n/, '').replace(/,console\.clear\(\),await async function[\s\S]*$/, ';'),
  )
  const entry = join(out, 'entry.mjs')
  writeFileSync(
    entry,
    `import { kept } from './serve.mjs'\nimport ${JSON.stringify(server)}\nexport default { fetch: (request, env, ctx) => kept.fetch(request, env, ctx) }\n`,
  )
  await build({
    entryPoints: [entry],
    outfile: join(out, 'worker.js'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    conditions: ['workerd', 'worker', 'browser'],
    mainFields: ['module', 'main'],
    alias: {
      '@hono/node-server': shim,
      '@hono/node-ws': shim,
      '@hono/node-server/serve-static': shim,
      '@hono/node-server/conninfo': shim,
      ioredis: redis,
    },
    banner: {
      js: "import { createRequire as __cr } from 'node:module'; const require = (name) => { const m = __builtins[name.replace(/^node:/, '')]; if (!m) throw new Error('no ' + name); return m.default ?? m };\nimport * as __fs from 'node:fs'; import * as __path from 'node:path'; import * as __url from 'node:url'; import * as __crypto from 'node:crypto'; import * as __net from 'node:net'; import * as __tls from 'node:tls'; import * as __events from 'node:events'; import * as __util from 'node:util'; import * as __assert from 'node:assert'; import * as __stream from 'node:stream'; import * as __buffer from 'node:buffer'; import * as __dns from 'node:dns'; import * as __os from 'node:os'; import * as __http from 'node:http'; import * as __https from 'node:https'; import * as __zlib from 'node:zlib'; import * as __string_decoder from 'node:string_decoder'; const __builtins = { fs: __fs, path: __path, url: __url, crypto: __crypto, net: __net, tls: __tls, events: __events, util: __util, assert: __assert, stream: __stream, buffer: __buffer, dns: __dns, os: __os, http: __http, https: __https, zlib: __zlib, string_decoder: __string_decoder };",
    },
    define: { 'import.meta.url': '"file:///worker.js"', 'process.argv': '["node", "worker.js", "--headless"]' },
    logLevel: 'silent',
  })
  return join(out, 'worker.js')
}
