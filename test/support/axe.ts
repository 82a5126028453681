// What axe finds wrong with a page as it stands.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Only a run in which the page stood still counts: what is drawn anew meanwhile looks like a fault of its parts. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    let moved = true
    new MutationObserver(() => (moved = true)).observe(document, { subtree: true, childList: true, attributes: true })
    let found: string[] = []
    for (let attempt = 0; moved && attempt < 8; attempt++) {
      moved = false
      const { violations } = await axe.run()
      found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
      if (found.length === 0) break
    }
    return found
  })
}
