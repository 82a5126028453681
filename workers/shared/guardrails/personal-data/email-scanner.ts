// Addresses of mail, found by their @: nothing is tried at every letter.
import { endOfRun, isAlphanumeric, isTokenCode, startOfRun } from '../matching/characters.ts'
import type { CreateScanner } from '../matching/scanner.ts'

const MAX_LOCAL = 64
const MAX_DOMAIN = 255
/** Those that are in use; what else the standard allows is more often beside an address than in it. */
const LOCAL_SIGNS = new Set(Array.from("._%+'-", (sign) => sign.charCodeAt(0)))

const isLocal = (code: number): boolean => isAlphanumeric(code) || LOCAL_SIGNS.has(code)
const isDomain = (code: number): boolean => (isTokenCode(code) && code !== 95) || code === 46

/** The part of a run that is a domain: labels with dots between, the last of them of letters. Null: none. */
function domainOf(run: string): string | null {
  const labels: string[] = []
  for (const label of run.split('.')) {
    if (label === '' || label.length > 63 || label.startsWith('-')) break
    labels.push(label)
    if (label.endsWith('-')) break
  }
  const last = labels.at(-1)?.replace(/-+$/, '')
  if (last !== undefined) labels[labels.length - 1] = last
  while (labels.length > 0 && !/^[A-Za-z]+$/.test(labels.at(-1)!)) labels.pop()
  while (labels.length > 1 && labels.at(-1)!.length < 2) labels.pop()
  return labels.length > 1 ? labels.join('.') : null
}

const DOT = 46

/** The sender's part before `at`, without a dot at its beginning. */
function localStart(text: string, at: number, floor: number): number {
  let start = startOfRun(text, at, isLocal, { floor, limit: MAX_LOCAL })
  while (start < at && !isAlphanumeric(text.charCodeAt(start)) && text.charCodeAt(start) !== 95) start++
  return text.charCodeAt(at - 1) === DOT ? at : start
}

export const emailScanner: CreateScanner = () => ({
  scan({ plain }, from, final, report) {
    let done = from
    for (let at = plain.indexOf('@', from); at >= 0; at = plain.indexOf('@', at + 1)) {
      const start = localStart(plain, at, done)
      if (start === at) continue
      const end = endOfRun(plain, at + 1, isDomain, MAX_DOMAIN)
      if (end === plain.length && end < at + 1 + MAX_DOMAIN && !final) return start
      const domain = domainOf(plain.slice(at + 1, end))
      if (domain === null) continue
      done = at + 1 + domain.length
      report({ start, end: done, kind: 'email' })
      at = done - 1
    }
    if (final) return plain.length
    return Math.max(done, startOfRun(plain, plain.length, isLocal, { floor: done, limit: MAX_LOCAL }))
  },
})
