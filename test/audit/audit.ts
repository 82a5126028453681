// `npm run audit:ledger`: the platform as a person starts it, a provider that keeps its own account, tenants with tight
// budgets, and everything that goes wrong on the way. Then every count is laid beside every other. Prints the table and
// ends with 1 where anything differs. `-- --requests 20000 --seed 7 --kills 5` change the run.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { personWith } from '../support/person.ts'
import { freePort, startPlatform, type Platform } from '../support/start-platform.ts'
import { balanceOf, bookOf, entriesOf, keysOf, limitsOf, type Entry } from './books.ts'
import { ask, type Outcome } from './drive.ts'
import { planRequests, type Asked } from './plan.ts'
import { printTable, say } from './print.ts'
import { startAuditProvider } from './provider.ts'
import { reconcile, type Row } from './reconcile.ts'
import { checkBook, checkRefusals, checkSums } from './refusals.ts'
import { auditSettings, createWorld, type Tenant, type World } from './world.ts'

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '10000' },
    concurrency: { type: 'string', default: '96' },
    kills: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
  },
})
const requests = Number(values.requests)
const concurrency = Number(values.concurrency)
const kills = Number(values.kills)
const seed = Number(values.seed)

/** A hold whose Worker was lost frees itself after 150 s; the object looks a little later. */
const HOLDS_EXPIRE_AFTER_MS = 170_000
const POLL_MS = 1_000
/** What was answered this shortly before the lights went out may not have been settled. */
const JUST_BEFORE_MS = 2_000

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

async function until(what: string, deadlineMs: number, look: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + deadlineMs
  while (!(await look())) {
    if (Date.now() > deadline) return say(`  gave up waiting: ${what}`)
    await pause(POLL_MS)
  }
}

interface Site {
  platform: Platform
  /** Resolves when the platform serves. */
  open: Promise<void>
}

async function drive(plan: Asked[], world: World, site: Site, start: () => Promise<Platform>) {
  const outcomes: Outcome[] = []
  const running = new Set<{ startedAt: number }>()
  const killedAt: number[] = []
  const killAfter = Array.from({ length: kills }, (_, at) => Math.floor((plan.length * (at + 1)) / (kills + 1)))
  let next = 0

  async function killAndRestart(): Promise<void> {
    const opened = Promise.withResolvers<void>()
    site.open = opened.promise
    const inFlight = running.size
    const at = Date.now()
    await site.platform.crash()
    killedAt.push(at)
    say(`  killed with ${inFlight} requests in flight, after ${outcomes.length} answers`)
    site.platform = await start()
    opened.resolve()
  }

  async function work(): Promise<void> {
    for (;;) {
      await site.open
      const at = next++
      const asked = plan[at]
      if (!asked) return
      if (killAfter.includes(at)) await killAndRestart()
      const call = { startedAt: Date.now() }
      running.add(call)
      outcomes.push(await ask(asked, { url: site.platform.url, caller: world.callers[asked.caller]! }))
      running.delete(call)
      if (outcomes.length % 1_000 === 0) say(`  ${outcomes.length} of ${plan.length}`)
    }
  }

  await Promise.all(Array.from({ length: concurrency }, () => work()))
  for (const outcome of outcomes)
    outcome.killed = killedAt.some((at) => outcome.startedAt <= at && outcome.endedAt >= at - JUST_BEFORE_MS)
  return { outcomes, killedAt }
}

async function spentOf({ person }: Tenant): Promise<Map<string, number>> {
  const spent = new Map<string, number>()
  for (const { account, spent_micros } of await limitsOf(person)) spent.set(account, spent_micros ?? 0)
  for (const { id, spent_micros } of await keysOf(person)) spent.set(`key:${id}`, spent_micros)
  return spent
}

const at = (tenant: Tenant, url: string): Tenant => ({ ...tenant, person: personWith({ ...tenant.person, url }) })

interface TenantReport {
  tenant: Tenant
  entries: Entry[]
  findings: string[]
  refused: Record<string, number>
}

async function examine(
  tenant: Tenant,
  { dataDir, outcomes, killedAt }: { dataDir: string; outcomes: Outcome[]; killedAt: number[] },
): Promise<TenantReport> {
  const { person } = tenant
  const entries = await entriesOf(person)
  const mine = outcomes.filter(({ organizationId }) => organizationId === person.organizationId)
  await until(
    `the book of ${tenant.name}`,
    60_000,
    async () => bookOf(dataDir, person.organizationId).length >= entries.length,
  )
  const { refused, findings } = checkRefusals({
    tenant,
    outcomes: mine,
    entries,
    killedAt,
    holdsExpireAfterMs: HOLDS_EXPIRE_AFTER_MS,
  })
  return {
    tenant,
    entries,
    refused,
    findings: [
      ...findings,
      ...checkSums({ tenant, entries, balance: await balanceOf(person), spent: await spentOf(tenant) }),
      ...checkBook(tenant, entries, bookOf(dataDir, person.organizationId)),
    ],
  }
}

function tell(rows: Row[], reports: TenantReport[], outcomes: Outcome[]): void {
  printTable(
    'What was asked, what the provider delivered, what the ledger charged',
    ['', 'requests', 'charges', 'provider tokens', 'ledger tokens', 'provider micros', 'ledger micros', 'difference'],
    rows.map((row) => [
      row.what,
      row.requests,
      row.charges,
      row.providerTokens,
      row.ledgerTokens,
      row.providerMicros,
      row.ledgerMicros,
      row.ledgerMicros - row.providerMicros,
    ]),
  )
  printTable(
    'Tenants',
    ['', 'entries', 'charged micros', 'balance', 'refused'],
    reports.map(({ tenant, entries, refused }) => [
      tenant.name,
      entries.length,
      0 - entries.filter(({ kind }) => kind === 'charge').reduce((sum, { amount_micros }) => sum + amount_micros, 0),
      entries.reduce((sum, { amount_micros }) => sum + amount_micros, 0),
      Object.entries(refused)
        .map(([code, times]) => `${code} ${times}`)
        .join(', ') || '–',
    ]),
  )
  const ends = Map.groupBy(outcomes, ({ ended, status }) => `${ended} ${status ?? ''}`.trim())
  printTable(
    'How answers ended',
    ['', 'times'],
    [...ends].map(([end, each]) => [end, each.length]),
  )
}

async function main(): Promise<number> {
  const port = await freePort()
  const provider = await startAuditProvider(port)
  const dataDir = mkdtempSync(join(tmpdir(), 'riwaq-audit-'))
  const start = () => startPlatform({ settings: auditSettings(port), dataDir, keepData: true })
  say(`Starting the platform; ${requests} requests, ${concurrency} at once, ${kills} kills, seed ${seed}…`)
  const site: Site = { platform: await start(), open: Promise.resolve() }
  try {
    const world = await createWorld(site.platform.url)
    const plan = planRequests({ seed, requests, callers: world.callers.length })
    const { outcomes, killedAt } = await drive(plan, world, site, start)
    const tenants = world.tenants.map((tenant) => at(tenant, site.platform.url))
    say('Waiting until nothing is held…')
    await until('holds', HOLDS_EXPIRE_AFTER_MS + 60_000, async () => {
      const balances = await Promise.all(tenants.map(({ person }) => balanceOf(person)))
      return balances.every(({ held_micros }) => held_micros === 0)
    })
    const reports: TenantReport[] = []
    for (const tenant of tenants) reports.push(await examine(tenant, { dataDir, outcomes, killedAt }))
    const { rows, findings } = reconcile({
      outcomes,
      deliveries: provider.deliveries,
      entries: reports.flatMap(({ entries }) => entries),
    })
    tell(rows, reports, outcomes)
    const all = [...findings, ...reports.flatMap((report) => report.findings)]
    if (all.length === 0) say('\nProvider, ledger, book and budgets agree to the micro.')
    else
      say(
        `\n${all.length} differences:\n${all
          .slice(0, 60)
          .map((finding) => `  ${finding}`)
          .join('\n')}`,
      )
    return all.length === 0 ? 0 : 1
  } finally {
    await site.platform.crash().catch(() => undefined)
    await provider.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

process.exit(await main())
