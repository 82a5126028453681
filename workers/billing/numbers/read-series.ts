// What was used on each day, by model, service, key or member: what a chart stacks.
import { MAX_SERIES_DAYS, type SeriesQuery, type UsageSeries } from '#shared/contracts/usage'
import { invalidRequest } from '#shared/http/problems'
import { ask } from '../ask.ts'
import type { BillingContext } from '../context.ts'
import { usageReach } from '../usage-reach.ts'
import type { BookDays, Sums } from './book-days.ts'
import { DAY_MS, dayEnd, dayOf, dayStart } from './days.ts'

const DEFAULT_DAYS = 30

const toSums = ({ requests, chargedMicros, inputTokens, outputTokens }: Sums) => ({
  requests,
  charged_micros: chargedMicros,
  input_tokens: inputTokens,
  output_tokens: outputTokens,
})

const none: Sums = { requests: 0, chargedMicros: 0, inputTokens: 0, outputTokens: 0 }

const add = (one: Sums, other: Sums): Sums => ({
  requests: one.requests + other.requests,
  chargedMicros: one.chargedMicros + other.chargedMicros,
  inputTokens: one.inputTokens + other.inputTokens,
  outputTokens: one.outputTokens + other.outputTokens,
})

function stretchOf({ from, to }: SeriesQuery, now: number): { from: number; to: number } {
  const end = dayEnd(to ?? now + 1)
  const start = from === undefined ? end - DEFAULT_DAYS * DAY_MS : dayStart(from)
  if (start >= end) throw invalidRequest('from: must be before `to`', 'from')
  if (end - start > (MAX_SERIES_DAYS + 1) * DAY_MS)
    throw invalidRequest(`from: is more than ${MAX_SERIES_DAYS} days before \`to\``, 'from')
  return { from: start, to: end }
}

export async function readSeries({
  query,
  days,
  ctx,
}: {
  query: SeriesQuery
  days: BookDays
  ctx: BillingContext
}): Promise<UsageSeries> {
  const reach = await usageReach(ctx)
  const { by, group, limit } = query
  const { from, to } = stretchOf(query, ctx.clock())
  const asked = { ...reach, by, group, from: dayOf(from), to: dayOf(to) }
  return ask('The book', async () => {
    const dearest = await days.groups({ ...asked, limit })
    const place = new Map(dearest.map((each, at) => [each.group, at]))
    const points = await days.points({ ...asked, named: dearest.map((each) => each.group) })
    const rest = points.filter((point) => point.group === null).reduce<Sums>(add, none)
    const groups = dearest.map((each) => ({ group: each.group || null, rest: false, ...toSums(each) }))
    const hasRest = points.some((point) => point.group === null)
    return {
      from,
      to,
      by,
      groups: hasRest ? [...groups, { group: null, rest: true, ...toSums(rest) }] : groups,
      points: points.map((point) => ({
        day: point.day,
        at: point.group === null ? dearest.length : place.get(point.group)!,
        ...toSums(point),
      })),
    }
  })
}
