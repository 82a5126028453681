// What a text will cost a later context. A few tokens more than its words: each turn has its wrapping.
import { estimateTextTokens } from '#shared/catalog/estimate-tokens'

const WRAPPING_TOKENS = 4

export const turnTokens = (text: string): number =>
  text === '' ? 0 : Math.ceil(estimateTextTokens(text)) + WRAPPING_TOKENS
