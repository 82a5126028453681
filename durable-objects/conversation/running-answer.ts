// The text of the answer that is being written: complete in memory, saved in pieces, so that a word costs
// neither a write of its own nor a rewrite of all the words before it.
import type { Sql } from './sql.ts'

export interface AnswerText {
  content: string
  reasoning: string
}

const fields = ['content', 'reasoning'] as const

/** What was appended, and where in each field it begins. */
export type Delta = { field: (typeof fields)[number]; offset: number; text: string }

const SAVE_EVERY_MS = 500
const SAVE_EVERY_CHARACTERS = 4_000

export type RunningAnswer = ReturnType<typeof createRunningAnswer>

export function createRunningAnswer(sql: Sql, now: () => number) {
  const rows = sql<AnswerText>('SELECT content, reasoning FROM answer_pieces ORDER BY number')
  let text: AnswerText = {
    content: rows.map((row) => row.content).join(''),
    reasoning: rows.map((row) => row.reasoning).join(''),
  }
  let saved = { content: text.content.length, reasoning: text.reasoning.length }
  let savedAt = now()

  const unsaved = () => text.content.length - saved.content + (text.reasoning.length - saved.reasoning)

  function save(): void {
    savedAt = now()
    if (unsaved() === 0) return
    sql(
      'INSERT INTO answer_pieces (content, reasoning) VALUES (?, ?)',
      text.content.slice(saved.content),
      text.reasoning.slice(saved.reasoning),
    )
    saved = { content: text.content.length, reasoning: text.reasoning.length }
  }

  /** Null where something before this text never arrived. */
  function append(offset: { content: number; reasoning: number }, added: AnswerText): Delta[] | null {
    if (fields.some((field) => offset[field] > text[field].length)) return null
    const deltas: Delta[] = []
    for (const field of fields) {
      const at = text[field].length
      const fresh = added[field].slice(at - offset[field])
      if (fresh === '') continue
      deltas.push({ field, offset: at, text: fresh })
      text = { ...text, [field]: text[field] + fresh }
    }
    if (now() - savedAt >= SAVE_EVERY_MS || unsaved() >= SAVE_EVERY_CHARACTERS) save()
    return deltas
  }

  /** The whole text; nothing of it is left behind. */
  function take(): AnswerText {
    sql('DELETE FROM answer_pieces')
    const taken = text
    text = { content: '', reasoning: '' }
    saved = { content: 0, reasoning: 0 }
    return taken
  }

  return { append, save, take, hasUnsaved: () => unsaved() > 0, text: () => text }
}
