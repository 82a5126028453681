// The mails that the platform sent to one address, as they landed in its data folder.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { eventually } from './eventually.ts'

function textsTo(dataDir: string, email: string): string[] {
  const folder = join(dataDir, 'mail')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .toSorted()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .filter((text) => text.includes(email))
}

/** The newest link in a mail to this address that this pattern finds, once there is one. */
export async function linkMailedTo(email: string, { dataDir, like }: { dataDir: string; like: RegExp }): Promise<URL> {
  const links = () =>
    textsTo(dataDir, email)
      .flatMap((text) => text.match(/https?:\/\/\S+/g) ?? [])
      .filter((link) => like.test(link))
  const found = await eventually(links, ({ length }) => length > 0)
  return new URL(found.at(-1)!)
}

/** The newest mail to this address that says this, once there is one. */
export async function mailTo(email: string, { dataDir, saying }: { dataDir: string; saying: RegExp }): Promise<string> {
  const texts = () => textsTo(dataDir, email).filter((text) => saying.test(text))
  const found = await eventually(texts, ({ length }) => length > 0)
  return found.at(-1)!
}
