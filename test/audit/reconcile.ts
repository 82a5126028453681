// Lays the three counts beside each other: what the provider delivered, what the callers got, what the ledger charged.
// Every finding is a sentence; a run without one has nothing to hide.
import { estimateRequestTokens, estimateTextTokens } from '#shared/catalog/estimate-tokens'
import type { Entry } from './books.ts'
import type { Outcome } from './drive.ts'
import type { Delivery } from './provider.ts'
import { priceOfModel } from './world.ts'

export interface Row {
  what: string
  requests: number
  charges: number
  providerTokens: number
  ledgerTokens: number
  providerMicros: number
  ledgerMicros: number
}

export interface Reconciliation {
  rows: Row[]
  findings: string[]
}

interface Case {
  outcomes: Outcome[]
  deliveries: Delivery[]
  entries: Entry[]
}

const modelOf = ({ model }: Delivery): string => `compatible/${model}`

const microsOf = (model: string, promptTokens: number, tokens: number): number => {
  const price = priceOfModel[model]!
  return promptTokens * price.input + tokens * price.output
}

const promptOf = ({ asked }: Outcome): number =>
  estimateRequestTokens({
    messages: [{ role: 'user', content: [{ type: 'text', text: JSON.stringify(asked.order) }] }],
  })

const chargedOf = (entry: Entry): number => 0 - entry.amount_micros
const outputOf = ({ usage }: Entry): number => usage?.['output_tokens'] ?? 0
const inputOf = ({ usage }: Entry): number => usage?.['input_tokens'] ?? 0

const describe = (entry: Entry): string =>
  `${entry.id} (${entry.model}, ${chargedOf(entry)} micros, ${JSON.stringify(entry.usage)}${entry.estimated ? ', estimated' : ''})`

const told = (deliveries: Delivery[]): string =>
  deliveries.map((each) => `${each.model} ${each.order.promptTokens}+${each.tokens} ${each.outcome}`).join(', ')

/** The provider said what it counted, and all of it went out. */
const isCounted = (delivery: Delivery): boolean => delivery.usageTold

const nameOf = (outcome: Outcome): string =>
  outcome.killed ? `${outcome.asked.kind} (the platform was killed)` : outcome.asked.kind

function checkCounted(entry: Entry, { outcomes, deliveries }: Case): string | null {
  const exact = deliveries.filter(
    (delivery) =>
      isCounted(delivery) &&
      modelOf(delivery) === entry.model &&
      microsOf(modelOf(delivery), delivery.order.promptTokens, delivery.tokens) === chargedOf(entry),
  )
  if (exact.length > 0) return null
  return `${outcomes[0]!.asked.tag} was charged ${chargedOf(entry)} as counted, which no delivery is worth (${told(deliveries)})`
}

/** Between what its caller surely got and what the provider surely sent. */
function checkEstimated(entry: Entry, { outcomes, deliveries }: Case): string | null {
  const outcome = outcomes[0]!
  const { tag } = outcome.asked
  if (chargedOf(entry) !== microsOf(entry.model!, inputOf(entry), outputOf(entry)))
    return `${tag}: ${chargedOf(entry)} is not the price of ${JSON.stringify(entry.usage)}`
  if (inputOf(entry) !== promptOf(outcome)) return `${tag}: ${inputOf(entry)} is not the size of its prompt`
  const served = deliveries.filter((delivery) => modelOf(delivery) === entry.model)
  const most = Math.max(0, ...served.map(({ text }) => estimateTextTokens(text)))
  const least = outcome.killed ? 0 : Math.max(...outcomes.map(({ text }) => estimateTextTokens(text)))
  if (outputOf(entry) > most) return `${tag}: charged for ${outputOf(entry)} tokens, ${most} were sent`
  if (outputOf(entry) < least) return `${tag}: charged for ${outputOf(entry)} tokens, ${least} arrived`
  return null
}

/** Why it is right that this request has no charge, or what is wrong. */
function checkFree({ outcomes, deliveries }: Case): string | null {
  const outcome = outcomes[0]!
  const { tag, kind } = outcome.asked
  if (outcomes.some(({ killed }) => killed)) return null
  if (outcomes.some(({ text }) => text !== '')) return `${tag} (${kind}) was delivered and not charged`
  const whole = deliveries.filter(({ outcome: end }) => end === 'complete')
  if (whole.length > 0 && outcome.ended === 'complete') return `${tag} (${kind}) was answered and not charged`
  return null
}

function checkCase(each: Case): string[] {
  const findings: string[] = []
  const { outcomes, entries } = each
  const { tag } = outcomes[0]!.asked
  if (entries.length > 1) findings.push(`${tag} was charged ${entries.length} times`)
  const [entry] = entries
  if (!entry) findings.push(checkFree(each) ?? '')
  else findings.push((entry.estimated ? checkEstimated(entry, each) : checkCounted(entry, each)) ?? '')
  for (const { costMicros, ended, asked, killed } of outcomes) {
    if (ended !== 'complete' || asked.stream || !entry || costMicros === chargedOf(entry)) continue
    // Between an answer and its settlement the platform was killed: what was known before is charged, never more.
    if (killed && entry.estimated && chargedOf(entry) < (costMicros ?? 0)) continue
    findings.push(`${tag} was told ${costMicros} and charged ${chargedOf(entry)}`)
  }
  const replays = outcomes.filter(({ ended }) => ended === 'complete')
  if (new Set(replays.map(({ text }) => text)).size > 1) findings.push(`${tag}: the same key gave different answers`)
  return findings.filter((finding) => finding !== '')
}

/** One case for each request, however often it was asked and whoever was asked for it. */
function casesOf(outcomes: Outcome[], deliveries: Delivery[], entries: Map<string, Entry[]>) {
  const cases = new Map<string, Case>()
  const used = new Set<Entry>()
  for (const outcome of outcomes) {
    const name = outcome.asked.idempotencyKey ?? outcome.asked.tag
    let each = cases.get(name)
    if (!each) cases.set(name, (each = { outcomes: [], deliveries: [], entries: [] }))
    each.outcomes.push(outcome)
    for (const entry of outcome.requestId === null ? [] : (entries.get(outcome.requestId) ?? [])) {
      if (!used.has(entry)) each.entries.push(entry)
      used.add(entry)
    }
  }
  const byTag = new Map([...cases.values()].map((each) => [each.outcomes[0]!.asked.tag, each]))
  for (const delivery of deliveries) byTag.get(delivery.tag)?.deliveries.push(delivery)
  return { cases: [...cases.values()], used }
}

function addRow(rows: Map<string, Row>, each: Case): void {
  const outcome = each.outcomes.find(({ killed }) => killed) ?? each.outcomes[0]!
  const what = nameOf(outcome)
  const row = rows.get(what) ?? {
    what,
    requests: 0,
    charges: 0,
    providerTokens: 0,
    ledgerTokens: 0,
    providerMicros: 0,
    ledgerMicros: 0,
  }
  row.requests += each.outcomes.length
  row.charges += each.entries.length
  for (const delivery of each.deliveries) {
    if (delivery.outcome === 'refused' || delivery.outcome === 'nonsense') continue
    row.providerTokens += delivery.tokens
    row.providerMicros += microsOf(modelOf(delivery), delivery.order.promptTokens, delivery.tokens)
  }
  for (const entry of each.entries) {
    row.ledgerTokens += outputOf(entry)
    row.ledgerMicros += chargedOf(entry)
  }
  rows.set(what, row)
}

/** Its caller left a platform that ran on, when the provider had the prompt. */
const mustBeCharged = ({ outcomes, deliveries }: Case): boolean =>
  outcomes.every(({ ended, killed }) => ended === 'left' && !killed) &&
  deliveries.some(({ outcome }) => outcome !== 'refused' && outcome !== 'nonsense')

/**
 * Charges whose caller never learned its request's id: who left before the answer began, and who was cut off with the
 * platform. Each of them must be worth its prompt, or a delivery that nobody else was charged for.
 */
function checkNameless(nameless: Entry[], cases: Case[]): string[] {
  const open = cases
    .filter(({ outcomes, entries }) => entries.length === 0 && outcomes.some((each) => each.requestId === null))
    // Whoever must have a charge comes before whoever may have one.
    .toSorted((a, b) => Number(mustBeCharged(b)) - Number(mustBeCharged(a)))
  const findings: string[] = []
  // What was counted fits one delivery; what was estimated may fit many, and takes what is left.
  for (const entry of nameless.toSorted(
    (a, b) => Number(a.estimated) - Number(b.estimated) || outputOf(b) - outputOf(a),
  )) {
    const at = open.findIndex((each) => {
      if (!each.outcomes.some(({ killed, ended }) => killed || ended === 'left')) return false
      if (!each.outcomes[0]!.asked.models.includes(entry.model!)) return false
      return (entry.estimated ? checkEstimated(entry, each) : checkCounted(entry, each)) === null
    })
    if (at < 0) findings.push(`${describe(entry)}: nobody asked for what this is the charge of`)
    else open.splice(at, 1)[0]!.entries.push(entry)
  }
  for (const each of open) {
    const [outcome] = each.outcomes
    if (mustBeCharged(each))
      findings.push(
        `${outcome!.asked.tag} (${outcome!.asked.models.join()}, prompt ${promptOf(outcome!)}) left when the provider had its prompt, and was not charged for it; ${told(each.deliveries)}`,
      )
  }
  return findings
}

export function reconcile(input: { outcomes: Outcome[]; deliveries: Delivery[]; entries: Entry[] }): Reconciliation {
  const charges = input.entries.filter(({ kind }) => kind === 'charge')
  const byRequest = Map.groupBy(charges, ({ request_id }) => request_id ?? '')
  const { cases, used } = casesOf(input.outcomes, input.deliveries, byRequest)
  const findings = checkNameless(
    charges.filter((entry) => !used.has(entry)),
    cases,
  )
  const rows = new Map<string, Row>()
  for (const each of cases) {
    findings.push(...checkCase(each))
    addRow(rows, each)
  }
  return { rows: [...rows.values()].toSorted((a, b) => a.what.localeCompare(b.what)), findings }
}
