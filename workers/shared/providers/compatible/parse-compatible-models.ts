// COMPATIBLE_MODELS: the models of the operator's own server, with the prices that they ask for them. What is wrong
// is said in a sentence that names it, and the rest works without it.
import { z } from 'zod'
import type { ImageTraits } from '#shared/contracts/model'
import type { Price } from '#shared/lib/money'
import { microsPerMillion } from '#shared/lib/money'
import { imageFields, toImageTraits } from './image-fields.ts'

const dollars = z.number().min(0).max(1_000_000)
const tokens = z.number().int().min(1).max(100_000_000)

const Row = z
  .object({
    id: z.string().trim().min(1).max(200),
    kind: z.enum(['language', 'embedding', 'image']).optional(),
    input: dollars.optional(),
    output: dollars.optional(),
    cached_input: dollars.optional(),
    audio_input: dollars.optional(),
    context: tokens.optional(),
    max_output: tokens.optional(),
    dimensions: z.number().int().min(1).max(100_000).optional(),
    ...imageFields,
  })
  .strict()
type Row = z.infer<typeof Row>

export interface CompatibleModel {
  id: string
  /** Absent: a language model. */
  kind?: 'embedding' | 'image'
  /** Of an embedding model's vectors, where the operator says so. */
  dimensions?: number
  /** Of a model that makes pictures. */
  image?: ImageTraits
  contextTokens: number
  maxOutputTokens: number
  /** Null where anything of the price or the limits is missing: such a model cannot be called. */
  price: Price | null
}

export interface CompatibleModels {
  models: CompatibleModel[]
  /** One sentence for each thing that is wrong, for the operator. */
  faults: string[]
}

const needed = {
  language: ['input', 'output', 'cached_input', 'context', 'max_output'],
  embedding: ['input', 'context'],
  image: ['image'],
} as const

const kindOf = (row: Row): keyof typeof needed => row.kind ?? 'language'

function toEmbeddingPrice(row: Row): Price | null {
  return row.input === undefined || !row.context ? null : { prices: { input_tokens: microsPerMillion(row.input) } }
}

/** Dollars for each picture. */
function toImagePrice({ image }: Row): Price | null {
  return image === undefined ? null : { prices: { images: microsPerMillion(image * 1_000_000) } }
}

function toPrice(row: Row): Price | null {
  if (kindOf(row) === 'embedding') return toEmbeddingPrice(row)
  if (kindOf(row) === 'image') return toImagePrice(row)
  if (
    row.input === undefined ||
    row.output === undefined ||
    row.cached_input === undefined ||
    !row.context ||
    !row.max_output
  )
    return null
  const input = microsPerMillion(row.input)
  const output = microsPerMillion(row.output)
  return {
    prices: {
      input_tokens: input,
      cached_input_tokens: microsPerMillion(row.cached_input),
      cache_write_tokens: input,
      ...(row.audio_input !== undefined && { audio_input_tokens: microsPerMillion(row.audio_input) }),
      output_tokens: output,
      reasoning_tokens: output,
    },
  }
}

const describe = (at: number, issue: z.core.$ZodIssue): string => {
  const field = issue.code === 'unrecognized_keys' ? issue.keys[0] : issue.path.join('.')
  const what = issue.code === 'unrecognized_keys' ? 'is not a setting' : issue.message
  return `COMPATIBLE_MODELS: entry ${at + 1}${field ? `, "${field}"` : ''}: ${what}. The entry was left out.`
}

function readList(text: string): { list: unknown[]; fault?: string } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return {
      list: [],
      fault: `COMPATIBLE_MODELS is not valid JSON (${error instanceof Error ? error.message : 'unreadable'}). None of its models is offered.`,
    }
  }
  if (!Array.isArray(value))
    return {
      list: [],
      fault: 'COMPATIBLE_MODELS must be a JSON list, like [{"id": "qwen3", …}]. None of its models is offered.',
    }
  return { list: value }
}

export function parseCompatibleModels(text: string): CompatibleModels {
  const { list, fault } = readList(text)
  const faults = fault ? [fault] : []
  const models = new Map<string, CompatibleModel>()
  for (const [at, entry] of list.entries()) {
    const parsed = Row.safeParse(entry)
    if (!parsed.success) {
      faults.push(describe(at, parsed.error.issues[0]!))
      continue
    }
    const row = parsed.data
    if (models.has(row.id)) {
      faults.push(`COMPATIBLE_MODELS: entry ${at + 1}: "${row.id}" is listed twice. The first entry counts.`)
      continue
    }
    const price = toPrice(row)
    const missing = needed[kindOf(row)].filter((field) => row[field] === undefined)
    if (!price)
      faults.push(
        `COMPATIBLE_MODELS: "${row.id}" cannot be called, because ${missing.map((field) => `"${field}"`).join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.`,
      )
    const contextTokens = row.context ?? 0
    const kind = kindOf(row)
    models.set(row.id, {
      id: row.id,
      ...(kind !== 'language' && { kind }),
      ...(kind === 'embedding' && row.dimensions !== undefined && { dimensions: row.dimensions }),
      ...(kind === 'image' && { image: toImageTraits(row, price) }),
      contextTokens,
      maxOutputTokens: Math.min(row.max_output ?? 0, contextTokens || (row.max_output ?? 0)),
      price,
    })
  }
  return { models: [...models.values()], faults }
}
