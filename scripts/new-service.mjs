// `npm run new:service images`: a Worker by the One Way, with its first failing test. Writes the service's own
// files and its row in each table that lists services; the test says what is left to do.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig, root, workers } from './lib/project.mjs'

const name = process.argv[2] ?? ''
if (!/^[a-z][a-z-]{1,30}$/.test(name)) {
  console.error('Say the service’s name, a plural noun in lower case: npm run new:service images')
  process.exit(1)
}
const home = join(root, 'workers', name)
if (existsSync(home)) {
  console.error(`workers/${name} is there already.`)
  process.exit(1)
}

const binding = name.toUpperCase().replaceAll('-', '_')
const camel = name.replaceAll(/-([a-z])/g, (_, letter) => letter.toUpperCase())
const pascal = camel[0].toUpperCase() + camel.slice(1)
const { compatibility_date: date, d1_databases: databases } = readConfig(
  workers.find((worker) => worker.name === 'auth'),
)
const [database] = databases

const files = {
  'wrangler.toml': `# ${pascal}. Reached through the gateway only.
name = "riwaq-${name}"
main = "worker.ts"
# Names of functions cost every closure of every call; stack traces come from source maps.
keep_names = false
compatibility_date = "${date}"
compatibility_flags = ["nodejs_compat", "enable_request_signal"]
workers_dev = false
preview_urls = false

[[d1_databases]]
binding = "DB"
database_name = "${database.database_name}"
database_id = "${database.database_id}"
migrations_dir = "../../db/migrations"

[[durable_objects.bindings]]
name = "LEDGER"
class_name = "Ledger"
script_name = "riwaq-durable-objects"

[observability]
enabled = true
`,
  'env.ts': `import type { LedgerRpc } from '#shared/contracts/ledger'
import type { ServiceBindings } from '#shared/http/create-service-app'

export interface ${pascal}Env extends ServiceBindings {
  DB: D1Database
  LEDGER: { getByName(organizationId: string): LedgerRpc }
}
`,
  'worker.ts': `// ${pascal}. Reached only through the gateway.
import { createService } from '#shared/http/create-service'
import type { ${pascal}Env } from './env.ts'
import { routes } from './routes.ts'

export default createService<${pascal}Env>('${name}', routes)
`,
  'context.ts': `// What a verb needs, built from the environment and the principal: the only file here that knows \`env\`.
import type { PayingPrincipal } from '#shared/contracts/principal'
import type { LedgerRpc } from '#shared/contracts/ledger'
import type { ${pascal}Env } from './env.ts'

export interface ${pascal}Context {
  principal: PayingPrincipal
  ledger: LedgerRpc
}

export const ${camel}Context = ({ env, principal }: { env: ${pascal}Env; principal: PayingPrincipal }): ${pascal}Context => ({
  principal,
  ledger: env.LEDGER.getByName(principal.organizationId),
})
`,
  'routes.ts': `// HTTP in, HTTP out: validate, call one verb, shape the answer.
import type { Routes } from '#shared/http/create-service-app'
import { requirePayer } from '#shared/http/require-permission'
import { ${camel}Context } from './context.ts'
import type { ${pascal}Env } from './env.ts'
import { list } from './list.ts'

export const routes: Routes<${pascal}Env> = (app) =>
  app.get('/api/${name}', async (c) => {
    const principal = requirePayer(c.get('principal'), 'chat.use')
    return c.json(await list({ ctx: ${camel}Context({ env: c.env, principal }) }))
  })
`,
  'list.ts': `import type { ${pascal}Context } from './context.ts'

export async function list({ ctx }: { ctx: ${pascal}Context }): Promise<{ data: unknown[]; next_cursor: string | null }> {
  throw new Error(\`${name} of \${ctx.principal.organizationId} cannot be listed yet\`)
}
`,
  [`${name}.test.ts`]: `import { expect, test } from 'vitest'
import { createServiceApp } from '#shared/http/create-service-app'
import { createInMemoryLedger } from '#shared/metering/in-memory-ledger'
import { createTestExecutionContext, principalHeaders, TEST_PRINCIPAL_KEY } from '#test/fake-context'
import type { ${pascal}Env } from './env.ts'
import { routes } from './routes.ts'

const app = createServiceApp<${pascal}Env>('${name}', routes)
const ledger = createInMemoryLedger()
const env = { PRINCIPAL_KEY: TEST_PRINCIPAL_KEY, LEDGER: { getByName: () => ledger } } as unknown as ${pascal}Env

test('a stranger sees nothing', async () => {
  const headers = await principalHeaders({ kind: 'anonymous' })
  const response = await app.request('/api/${name}', { headers }, env, createTestExecutionContext() as never)
  expect(response.status).toBe(401)
})

test('a member sees the organization’s ${name}', async () => {
  const headers = await principalHeaders({ kind: 'user', organizationId: 'org_a', userId: 'usr_a', role: 'member', platformAdmin: false })
  const response = await app.request('/api/${name}', { headers }, env, createTestExecutionContext() as never)
  expect(response.status).toBe(200)
})
`,
}

mkdirSync(home)
for (const [file, text] of Object.entries(files)) writeFileSync(join(home, file), text)

function edit(path, change) {
  const before = readFileSync(join(root, path), 'utf8')
  const after = change(before)
  if (after === before) console.warn(`  ${path}: add the row for ${name} by hand`)
  else writeFileSync(join(root, path), after)
}

edit('scripts/lib/project.mjs', (text) =>
  text.replace(
    "  { name: 'gateway'",
    `  { name: '${name}', config: 'workers/${name}/wrangler.toml' },\n  { name: 'gateway'`,
  ),
)
edit('scripts/lib/settings.mjs', (text) =>
  text.replace(
    "  'durable-objects': []",
    `  ${/-/.test(name) ? `'${name}'` : name}: everyWorker,\n  'durable-objects': []`,
  ),
)
edit('.dependency-cruiser.cjs', (text) =>
  text
    .replace(/^(const services = \[[^\]]*)\]/m, `$1, '${name}']`)
    .replace(/(\['auth', 'billing'[^\]]*)\]\.map/, `$1, '${name}'].map`),
)
edit('workers/gateway/services.ts', (text) =>
  text.replace(
    "  { prefix: '/api/usage'",
    `  { prefix: '/api/${name}', binding: '${binding}', auth: 'session-or-key', maxBodyBytes: 1 * MEGABYTE, cors: false },\n  { prefix: '/api/usage'`,
  ),
)
edit('workers/gateway/env.ts', (text) =>
  text.replace(/^( +)CHAT: (.*)$/m, (line, indent, type) => `${line}\n${indent}${binding}: ${type}`),
)
edit('workers/gateway/testing.ts', (text) =>
  text.replace("    CHAT: door('CHAT'),", `    CHAT: door('CHAT'),\n    ${binding}: door('${binding}'),`),
)
edit('wrangler.toml', (text) =>
  text.replace(
    '[[durable_objects.bindings]]',
    `[[services]]\nbinding = "${binding}"\nservice = "riwaq-${name}"\nprops = { caller = "gateway" }\n\n[[durable_objects.bindings]]`,
  ),
)
edit('test/wrangler-configs.test.ts', (text) =>
  text
    .replace(/^(  gateway: \[.*)'LEDGER'/m, `$1'${binding}', 'LEDGER'`)
    .replace(
      "  'durable-objects': [",
      `  ${/-/.test(name) ? `'${name}'` : name}: ['DB', 'LEDGER'],\n  'durable-objects': [`,
    ),
)
edit('README.md', (text) =>
  text.replace(
    '| `durable-objects` |',
    `| \`${name}\` | \`/api/${name}\` | \`DB\`, \`LEDGER\` | – |\n| \`durable-objects\` |`,
  ),
)

console.log(`workers/${name} is made. Its first test fails until it does something: npx vitest run workers/${name}`)
