// Locally the mail binding writes each message below the dev server's own temporary folder; people look for
// it in `.data/mail/`. This moves new ones there, named by time.
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'

function messagesBelow(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => /\.(eml|txt|html)$/.test(path) && statSync(path).isFile())
}

export function keepMailbox({ from, to, everyMs = 250 }) {
  mkdirSync(to, { recursive: true })
  const seen = new Set(messagesBelow(from))
  const timer = setInterval(() => {
    for (const path of messagesBelow(from)) {
      if (seen.has(path)) continue
      seen.add(path)
      const stamp = new Date(statSync(path).mtimeMs).toISOString().replaceAll(':', '-')
      copyFileSync(path, join(to, `${stamp}-${basename(path)}`))
    }
  }, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
