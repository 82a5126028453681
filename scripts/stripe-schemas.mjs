// `npm run stripe:schemas`: what Stripe takes, as JSON Schema, made from the official SDK's own types. Run it again
// after an update of the SDK; a test says when that was forgotten.
//
// Two things differ from the types. They widen each enumeration with any other string, so that a program goes on
// compiling when Stripe learns a new word: here a word is one that the SDK knows. And every object is closed: a
// parameter that the SDK does not know is a mistake.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createGenerator } from 'ts-json-schema-generator'
import { root } from './lib/project.mjs'

const home = join(root, 'node_modules', 'stripe')
const version = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).version

/** The resources that the platform, or what stands in for Stripe, knows. */
const resources = [
  'Billing/MeterEventAdjustments',
  'Billing/MeterEventSummaries',
  'Billing/MeterEvents',
  'Billing/Meters',
  'BillingPortal/Configurations',
  'BillingPortal/Sessions',
  'Charges',
  'Checkout/Sessions',
  'Coupons',
  'CreditNotes',
  'Customers',
  'Disputes',
  'Events',
  'InvoiceItems',
  'InvoicePayments',
  'Invoices',
  'PaymentIntents',
  'PaymentMethods',
  'Prices',
  'Products',
  'PromotionCodes',
  'Refunds',
  'SetupIntents',
  'SubscriptionItems',
  'SubscriptionSchedules',
  'Subscriptions',
  'Tax/Settings',
  'TaxCodes',
  'TaxIds',
  'TaxRates',
  'TestHelpers/TestClocks',
  'WebhookEndpoints',
]

/** Each method of a resource: what it asks, and the name of its parameters' type. */
function operationsOf(resource) {
  const code = readFileSync(join(home, 'esm', 'resources', `${resource}.js`), 'utf8')
  const types = readFileSync(join(home, 'esm', 'resources', `${resource}.d.ts`), 'utf8')
  const found = []
  const calls = /^ {4}(\w+)\([^)]*\) \{\s+return this\._makeRequest\('(\w+)', [`']([^`']+)[`']/gm
  for (const [, name, method, address] of code.matchAll(calls)) {
    const signature = new RegExp(`^ {4}${name}\\(([^\\n]*)\\): `, 'm').exec(types)?.[1] ?? ''
    const params = /params\??: ([\w.]+)/.exec(signature)?.[1] ?? null
    const required = /params: [\w.]+/.test(signature)
    found.push({
      operation: `${resource.replace('/', '.')}.${name}`,
      method,
      path: address.replaceAll(/\$\{encodeURIComponent\(\w+\)\}/g, '{id}'),
      params: params === 'RequestOptions' ? null : params,
      required,
    })
  }
  return found
}

const folder = mkdtempSync(join(root, 'node_modules', '.stripe-types-'))
try {
  cpSync(join(home, 'esm'), join(folder, 'esm'), {
    recursive: true,
    filter: (source) => !/\.(js|map)$/.test(source),
  })
  const shared = join(folder, 'esm', 'shared.d.ts')
  writeFileSync(
    shared,
    readFileSync(shared, 'utf8').replace(/export type OtherString = .*;/, 'export type OtherString = never;'),
  )
  // A decimal travels as text.
  for (const name of readdirSync(join(folder, 'esm'))) {
    if (name === 'Decimal.d.ts') writeFileSync(join(folder, 'esm', name), 'export type Decimal = string;\n')
  }
  const operations = resources.flatMap(operationsOf)
  const lines = operations.flatMap(({ params }, place) =>
    params === null
      ? []
      : [
          `import type { ${params.split('.')[0]} as Types${place} } from './esm/resources/${operationFile(operations[place])}'`,
          `export type Operation${place} = Types${place}${params.includes('.') ? `.${params.split('.')[1]}` : ''}`,
        ],
  )
  writeFileSync(join(folder, 'operations.ts'), lines.join('\n'))
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        module: 'NodeNext',
        moduleResolution: 'NodeNext',
        target: 'ES2022',
        strict: true,
        skipLibCheck: true,
      },
      include: ['operations.ts'],
    }),
  )
  const schema = createGenerator({
    path: join(folder, 'operations.ts'),
    tsconfig: join(folder, 'tsconfig.json'),
    type: '*',
    skipTypeCheck: true,
    additionalProperties: false,
    jsDoc: 'none',
    topRef: true,
    sortProps: true,
  }).createSchema('*')
  const out = join(root, 'test', 'stripe', 'generated')
  mkdirSync(out, { recursive: true })
  const file = {
    stripe: version,
    operations: operations.map(({ operation, method, path, params, required }, place) => ({
      operation,
      method,
      path,
      required,
      schema: params === null ? null : `Operation${place}`,
    })),
    definitions: schema.definitions,
  }
  writeFileSync(join(out, 'requests.json'), `${JSON.stringify(file)}\n`)
  writeEventTypes(schema.definitions)
  console.log(`${operations.length} operations of stripe ${version}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function operationFile({ operation }) {
  const parts = operation.split('.')
  return `${parts.slice(0, -1).join('/')}.js`
}

/** An enumeration that has this word, wherever it stands. */
function findEnumeration(value, word) {
  if (typeof value !== 'object' || value === null) return null
  if (Array.isArray(value.enum) && value.enum.includes(word)) return value.enum
  for (const part of Object.values(value)) {
    const found = findEnumeration(part, word)
    if (found) return found
  }
  return null
}

/** What a webhook endpoint can be told of: every type of event that Stripe has. */
function writeEventTypes(definitions) {
  const types = findEnumeration(definitions, 'invoice.paid').filter((type) => type !== '*')
  const home = join(root, 'workers', 'billing', 'stripe-events', 'generated')
  mkdirSync(home, { recursive: true })
  const text = `// Made by \`npm run stripe:schemas\` from stripe ${version}: every type of event that Stripe sends to an endpoint.
export const stripeEventTypes: ReadonlySet<string> = new Set([
${types.map((type) => `  '${type}',`).join('\n')}
])
`
  writeFileSync(join(home, 'event-types.ts'), text)
}
