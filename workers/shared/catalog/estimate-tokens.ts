// Counts a request without a tokenizer: none is small enough to load before every call, and only the vendor's own
// count is the truth. The estimate stands in where a vendor reports nothing; the ceiling sizes the hold.
import type { CatalogModel, VendorId } from '../contracts/model.ts'
import type { LanguageMessage, LanguageRequest } from '../providers/spec/language-model.ts'
import { maxImageTokens } from './image-tokens.ts'
import { weighText, type TextTokens } from './token-weights.ts'

/** Role, separators, names: four tokens a message at OpenAI, fewer elsewhere. */
const MESSAGE_OVERHEAD = 4
/** What a vendor adds around a call of a tool or its result. */
const TOOL_PART_OVERHEAD = 8
/** What a vendor writes around the tools of a request, whatever they are: Anthropic's is the longest, about 500. */
const TOOLS_PREAMBLE = { expected: 60, ceiling: 700 }
/** The beginning of the answer, and the vendor's own unseen lines. */
const REQUEST_OVERHEAD = { expected: 3, ceiling: 40 }
/** Tokens of an image as a guess at what is usual. */
const USUAL_IMAGE = { low: 300, high: 1_000 }

/**
 * How many more tokens a vendor's tokenizer may make of a text than OpenAI's, to which the ceiling was fitted.
 * Anthropic says up to 1.35 of its newest; tokenizers that split every digit, or know less Arabic, are in between.
 */
const vendorFactor: Record<VendorId, number> = {
  openai: 1,
  anthropic: 1.4,
  google: 1.25,
  mistral: 1.3,
  deepseek: 1.3,
  xai: 1.25,
  groq: 1.3,
  'workers-ai': 1.3,
  compatible: 1.5,
  riwaq: 1,
}

const addText = (count: TextTokens, text: string): void => {
  const { expected, ceiling } = weighText(text)
  count.expected += expected
  count.ceiling += ceiling
}

const addFlat = (count: TextTokens, tokens: number): void => {
  count.expected += tokens
  count.ceiling += tokens
}

type ImageTokens = (detail?: 'auto' | 'low' | 'high') => number

function addPart(count: TextTokens, part: LanguageMessage['content'][number], imageTokens: ImageTokens): number {
  switch (part.type) {
    case 'text':
    case 'reasoning':
      addText(count, part.text)
      return 0
    case 'image':
      return imageTokens(part.detail)
    case 'tool-call':
      addText(count, part.name)
      addText(count, part.input)
      addFlat(count, TOOL_PART_OVERHEAD)
      return 0
    case 'tool-result':
      addFlat(count, TOOL_PART_OVERHEAD)
      return part.content.reduce((images, inner) => images + addPart(count, inner, imageTokens), 0)
  }
}

/** Texts are summed in `count`; answers with the tokens of the images, which no tokenizer touches. */
function countRequest(count: TextTokens, request: LanguageRequest, imageTokens: ImageTokens): number {
  let images = 0
  for (const message of request.messages) {
    addFlat(count, MESSAGE_OVERHEAD)
    for (const part of message.content) images += addPart(count, part, imageTokens)
  }
  if (request.tools?.length) {
    count.expected += TOOLS_PREAMBLE.expected
    count.ceiling += TOOLS_PREAMBLE.ceiling
    addText(count, JSON.stringify(request.tools))
  }
  if (request.responseFormat?.type === 'json-schema') addText(count, JSON.stringify(request.responseFormat))
  return images
}

/** What a text costs, as a rule: a slight over-estimate for prose in English and Arabic. */
export const estimateTextTokens = (text: string): number => Math.ceil(weighText(text).expected)

/** What a vendor may add around texts that are no conversation: marks of their beginning and end. */
const TEXT_OVERHEAD = { expected: 1, ceiling: 8 }

/** Texts that are read and not answered, as one number. */
export function sizeTexts(texts: readonly string[], vendor: VendorId): TextTokens {
  const count = { expected: TEXT_OVERHEAD.expected * texts.length, ceiling: TEXT_OVERHEAD.ceiling * texts.length }
  for (const text of texts) addText(count, text)
  return { expected: Math.ceil(count.expected), ceiling: Math.ceil(count.ceiling * vendorFactor[vendor]) }
}

const usualImageTokens: ImageTokens = (detail) => (detail === 'low' ? USUAL_IMAGE.low : USUAL_IMAGE.high)

export function estimateRequestTokens(request: LanguageRequest): number {
  const count = { expected: REQUEST_OVERHEAD.expected, ceiling: 0 }
  const images = countRequest(count, request, usualImageTokens)
  return Math.ceil(count.expected) + images
}

/**
 * What the prompt probably is, and what it cannot well exceed: the latter is for holding, never for charging. Both in
 * one pass over the text, because it runs before every paid call.
 */
export function sizeRequest(request: LanguageRequest, model: Pick<CatalogModel, 'vendor' | 'imageTokens'>): TextTokens {
  const count = { ...REQUEST_OVERHEAD }
  let usualImages = 0
  const images = countRequest(count, request, (detail) => {
    usualImages += usualImageTokens(detail)
    return maxImageTokens(model, detail)
  })
  return {
    expected: Math.ceil(count.expected) + usualImages,
    ceiling: Math.ceil(count.ceiling * vendorFactor[model.vendor]) + images,
  }
}
