// What a model is told of a conversation: the branch that leads to the running answer, from the newest
// summary on. And, where that has grown too long, which turns are condensed next.
import type { ContextTurn, SummaryInput } from '#shared/contracts/conversation-object'
import { attachmentsOf, notFound, type Answer, type Asked, type MessageRow, type SummaryRow } from './rows.ts'
import type { Sql } from './sql.ts'
import type { Transcript } from './transcript.ts'
import type { PathStep } from './tree.ts'

const notRunning = { ok: false, code: 'not_running' } as const
const ROWS_AT_ONCE = 50

const summaryTurn = (row: SummaryRow): ContextTurn => ({
  id: row.id,
  role: 'summary',
  content: row.content,
  language: row.language,
  tokens: row.tokens,
})
const messageTurn = (row: MessageRow): ContextTurn => ({
  id: row.id,
  role: row.role,
  content: row.content,
  ...attachmentsOf(row),
  language: row.language,
  tokens: row.tokens,
})

/** An answer that never came, or is only coming, is nothing to tell a model. */
const isSaid = (row: Pick<PathStep, 'status' | 'tokens' | 'role'>): boolean =>
  row.role === 'user' || (row.status !== 'running' && row.tokens > 0)

export function createContext({ sql, transcript }: { sql: Sql; transcript: Transcript }) {
  const { tree } = transcript

  function context({ owner, answerId, maxTokens }: Asked<'context'>): Answer<'context'> {
    const found = transcript.owned(owner)
    if (!found) return notFound
    if (found.running_id !== answerId) return notRunning
    const turns: ContextTurn[] = []
    let tokens = 0
    let next: string | null = answerId
    while (next !== null) {
      const rows = tree.pathUp(next, ROWS_AT_ONCE)
      const summaries = tree.summariesAfter(
        rows.map((row) => row.id),
        { usable: true },
      )
      for (const row of rows) {
        const summary = summaries.get(row.id)
        const turn = summary ? summaryTurn(summary) : isSaid(row) ? messageTurn(row) : null
        if (turn && tokens + turn.tokens > maxTokens)
          return { ok: true, turns: turns.reverse(), fits: false, wantsTitle: false }
        if (turn) turns.push(turn)
        tokens += turn?.tokens ?? 0
        if (summary) return { ok: true, turns: turns.reverse(), fits: true, wantsTitle: false }
      }
      next = rows.at(-1)?.parent_id ?? null
    }
    return {
      ok: true,
      turns: turns.reverse(),
      fits: true,
      wantsTitle: turns.length === 1 && found.title_source !== 'user',
    }
  }

  /** Of the steps since the last summary (oldest first): how many may go, so that about `keepTokens` of the newest stay. */
  function countOlder(steps: PathStep[], keepTokens: number): number {
    let kept = 0
    let older = steps.length
    // The user's last message always stays, however long it is.
    const last = steps.findLastIndex((step) => step.role === 'user')
    while (older > 0 && (older > last || kept + steps[older - 1]!.tokens <= keepTokens)) kept += steps[--older]!.tokens
    // What stays begins with something the user said, so that question and answer are not parted.
    while (older < last && steps[older]!.role !== 'user') older++
    return older
  }

  function takeChunk(steps: PathStep[], chunkTokens: number): PathStep[] {
    let tokens = 0
    let count = 0
    while (count < steps.length && (count === 0 || tokens + steps[count]!.tokens <= chunkTokens))
      tokens += steps[count++]!.tokens
    return steps.slice(0, count)
  }

  function compaction({ owner, answerId, keepTokens, chunkTokens }: Asked<'compaction'>): Answer<'compaction'> {
    const found = transcript.owned(owner)
    if (!found) return notFound
    if (found.running_id !== answerId) return notRunning
    const path = tree.stepsUp(answerId).reverse()
    const summaries = tree.summariesAfter(
      path.map((step) => step.id),
      { usable: true },
    )
    const covered = path.findLastIndex((step) => summaries.has(step.id))
    const since = path.slice(covered + 1)
    const chunk = takeChunk(since.slice(0, countOlder(since, keepTokens)), chunkTokens)
    const previous = covered < 0 ? null : summaryTurn(summaries.get(path[covered]!.id)!)
    const said = chunk.filter(isSaid)
    const texts = tree.messagesByIds(said.map((step) => step.id))
    return {
      ok: true,
      previous,
      turns: said.map((step) => messageTurn(texts.get(step.id)!)),
      afterId: chunk.at(-1)?.id ?? null,
    }
  }

  function addSummary(
    { owner, id, afterId, content, tokens, model, language, usage, costMicros, requestId }: SummaryInput,
    at: number,
  ): Answer<'addSummary'> {
    if (!transcript.owned(owner)) return notFound
    if (!tree.find(afterId)) return { ok: false, code: 'message_not_found' }
    sql(
      `INSERT INTO summaries (id, after_id, content, tokens, model, language, usage, cost_micros, request_id, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      afterId,
      content,
      tokens,
      model,
      language,
      usage === null ? null : JSON.stringify(usage),
      costMicros,
      requestId,
      at,
    )
    return { ok: true }
  }

  return { context, compaction, addSummary }
}
