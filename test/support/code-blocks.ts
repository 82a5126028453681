// The programs and settings of a page of the documentation, as they are written there.
import { readFileSync } from 'node:fs'

export interface CodeBlock {
  /** The heading of its section. */
  section: string
  language: string
  text: string
}

export function codeBlocksOf(path: string): CodeBlock[] {
  const page = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
  const blocks: CodeBlock[] = []
  let section = ''
  for (const [, heading, language, text] of page.matchAll(/^## (.+)$|^```(\w+)\n([^]*?)^```$/gm)) {
    if (heading !== undefined) section = heading
    else blocks.push({ section, language: language!, text: text! })
  }
  return blocks
}
