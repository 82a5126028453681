// ASVS 5, 6.2: long passwords are welcome, and those that everybody tries first are not.
import { commonPasswords } from './common-passwords.ts'

export const MINIMAL_LENGTH = 8
export const MAXIMAL_LENGTH = 128

/** `Riwaq2026!` is the product's name with what people add to a word that was refused. */
const bareWord = (text: string): string => text.toLowerCase().replace(/[^\p{L}]/gu, '')

const PRODUCT_NAMES = new Set(['riwaq', 'rewaq', 'rewak', 'رواق', 'riwaqriwaq', 'myriwaq', 'riwaqai'])

export function isCommonPassword(password: string, email = ''): boolean {
  const lower = password.toLowerCase()
  const mailbox = email.toLowerCase().split('@')[0] ?? ''
  if (commonPasswords.has(lower) || PRODUCT_NAMES.has(bareWord(password))) return true
  if (lower === email.toLowerCase() || (mailbox.length >= 4 && lower === mailbox)) return true
  return new Set(lower).size <= 2
}
