// What can be said about a form before it is sent. The platform checks all of it again.
import type { Key } from '../i18n/locales.ts'
import type { Values } from '../i18n/translate.ts'
import { toLatinDigits } from '../i18n/parse-number.ts'

export const PASSWORD_MIN = 8
export const PASSWORD_MAX = 128

export type Complaint = { key: Key; values?: Values } | null

export function complainAboutEmail(email: string): Complaint {
  if (email.trim() === '') return { key: 'ui.required' }
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) ? null : { key: 'auth.email-invalid' }
}

export function complainAboutPassword(password: string): Complaint {
  if (password === '') return { key: 'ui.required' }
  if (password.length < PASSWORD_MIN) return { key: 'auth.password-short', values: { count: PASSWORD_MIN } }
  return password.length > PASSWORD_MAX ? { key: 'auth.password-long', values: { count: PASSWORD_MAX } } : null
}

export const complainAboutRequired = (text: string): Complaint => (text.trim() === '' ? { key: 'ui.required' } : null)

/** Six digits as people type them: with a space in the middle, or in Arabic. */
export const cleanCode = (text: string): string => toLatinDigits(text).replace(/[\s-]/g, '')

export const cleanBackupCode = (text: string): string => toLatinDigits(text).replace(/\s/g, '')
