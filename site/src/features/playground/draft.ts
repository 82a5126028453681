// What is filled in on the page. Everything is kept as it was typed; `to-call.ts` makes a request of it.
export const apis = ['chat', 'responses', 'messages', 'embeddings', 'moderations'] as const
export type Api = (typeof apis)[number]

export const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const
export const cacheChoices = ['', 'use', 'off'] as const

export interface Turn {
  role: 'user' | 'assistant'
  text: string
}

export interface Draft {
  api: Api
  /** One of each kind, by its id; empty: the first that there is. */
  model: string
  embeddingModel: string
  moderationModel: string
  system: string
  turns: Turn[]
  temperature: string
  topP: string
  maxTokens: string
  /** One a line. */
  stop: string
  seed: string
  stream: boolean
  effort: '' | (typeof efforts)[number]
  /** A JSON Schema. */
  schema: string
  /** A JSON list of functions. */
  tools: string
  /** One model a line. */
  fallbacks: string
  cache: (typeof cacheChoices)[number]
  /** A JSON object whose members go into the body as they are. */
  extra: string
}

export const emptyDraft: Draft = {
  api: 'chat',
  model: '',
  embeddingModel: '',
  moderationModel: '',
  system: '',
  turns: [{ role: 'user', text: '' }],
  temperature: '',
  topP: '',
  maxTokens: '',
  stop: '',
  seed: '',
  stream: true,
  effort: '',
  schema: '',
  tools: '',
  fallbacks: '',
  cache: '',
  extra: '',
}

const isTurn = (value: unknown): value is Turn => {
  const turn = value as Partial<Turn> | null
  return (turn?.role === 'user' || turn?.role === 'assistant') && typeof turn.text === 'string'
}

const oneOf = <T>(values: readonly T[], value: unknown, otherwise: T): T =>
  values.includes(value as T) ? (value as T) : otherwise

/** What an earlier visit left. It may be of another version of the page: what does not fit is as if never filled in. */
export function readDraft(text: string | null): Draft {
  let stored: Record<string, unknown>
  try {
    stored = (JSON.parse(text ?? '{}') ?? {}) as Record<string, unknown>
  } catch {
    return emptyDraft
  }
  const draft: Draft = { ...emptyDraft }
  for (const name of Object.keys(emptyDraft) as (keyof Draft)[]) {
    if (typeof stored[name] === typeof emptyDraft[name]) Object.assign(draft, { [name]: stored[name] })
  }
  const turns = Array.isArray(stored.turns) ? stored.turns.filter(isTurn) : []
  return {
    ...draft,
    turns: turns.length > 0 ? turns : emptyDraft.turns,
    api: oneOf(apis, draft.api, 'chat'),
    effort: oneOf(['', ...efforts], draft.effort, ''),
    cache: oneOf(cacheChoices, draft.cache, ''),
  }
}
