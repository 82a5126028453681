// Counts a request without a tokenizer: none is small enough to load before every call, and only the vendor's own
// count is the truth. The estimate stands in where a vendor reports nothing; the ceiling sizes the hold.
import type { CatalogModel, VendorId } from '../contracts/model.ts'
import type { LanguageMessage, LanguageRequest } from '../providers/spec/language-model.ts'
import { countPdfPages } from './count-pdf-pages.ts'
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
/** A page is read as its text and as a picture: https://platform.claude.com/docs/en/build-with-claude/pdf-support */
const PDF_PAGE = { expected: 2_500, ceiling: 8_000 }
/** Ten tokens a second; what a second is in bytes: usually, and in the poorest quality that anybody sends. */
const AUDIO = { expected: { wav: 3_200, mp3: 800 }, ceiling: 100 }

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
  replicate: 1.5,
  fal: 1.5,
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

/** What is not text, apart: no tokenizer touches it. */
interface Attachments {
  images: number
  pages: number
  audio: TextTokens
}

const noAttachments = (): Attachments => ({ images: 0, pages: 0, audio: { expected: 0, ceiling: 0 } })

const bytesOf = (base64: string): number => Math.ceil((base64.length * 3) / 4)

type Part = LanguageMessage['content'][number]

function addPart(count: TextTokens, attached: Attachments, part: Part, imageTokens: ImageTokens): void {
  switch (part.type) {
    case 'text':
    case 'reasoning':
      addText(count, part.text)
      return
    case 'image':
      attached.images += imageTokens(part.detail)
      return
    case 'file':
      attached.pages += countPdfPages(part.data)
      return
    case 'audio':
      attached.audio.expected += bytesOf(part.data) / AUDIO.expected[part.format]
      attached.audio.ceiling += bytesOf(part.data) / AUDIO.ceiling
      return
    case 'tool-call':
      addText(count, part.name)
      addText(count, part.input)
      addFlat(count, TOOL_PART_OVERHEAD)
      return
    case 'tool-result':
      addFlat(count, TOOL_PART_OVERHEAD)
      for (const inner of part.content) addPart(count, attached, inner, imageTokens)
  }
}

/** Texts are summed in `count`; answers with what is not text. */
function countRequest(count: TextTokens, request: LanguageRequest, imageTokens: ImageTokens): Attachments {
  const attached = noAttachments()
  for (const message of request.messages) {
    addFlat(count, MESSAGE_OVERHEAD)
    for (const part of message.content) addPart(count, attached, part, imageTokens)
  }
  if (request.tools?.length) {
    count.expected += TOOLS_PREAMBLE.expected
    count.ceiling += TOOLS_PREAMBLE.ceiling
    addText(count, JSON.stringify(request.tools))
  }
  if (request.responseFormat?.type === 'json-schema') addText(count, JSON.stringify(request.responseFormat))
  return attached
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
  const { images, pages, audio } = countRequest(count, request, usualImageTokens)
  return Math.ceil(count.expected + audio.expected) + images + pages * PDF_PAGE.expected
}

export interface RequestSize extends TextTokens {
  /** Of the sound in it, which is not part of `ceiling`. */
  audioCeiling: number
}

/**
 * What the prompt probably is, and what it cannot well exceed: the latter is for holding, never for charging. Both in
 * one pass over the text, because it runs before every paid call.
 */
export function sizeRequest(
  request: LanguageRequest,
  model: Pick<CatalogModel, 'vendor' | 'imageTokens' | 'contextTokens'>,
): RequestSize {
  const count = { ...REQUEST_OVERHEAD }
  let usualImages = 0
  const { images, pages, audio } = countRequest(count, request, (detail) => {
    usualImages += usualImageTokens(detail)
    return maxImageTokens(model, detail)
  })
  // Nobody reads more of a file or a sound than fits.
  const fitting = (tokens: number) => Math.min(model.contextTokens, Math.ceil(tokens))
  return {
    expected: Math.ceil(count.expected + audio.expected) + usualImages + pages * PDF_PAGE.expected,
    ceiling: Math.ceil(count.ceiling * vendorFactor[model.vendor]) + images + fitting(pages * PDF_PAGE.ceiling),
    audioCeiling: fitting(audio.ceiling),
  }
}
