// Writes the description of the public API where the site serves it from. Node reads the TypeScript itself.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buildDocument } from '../workers/shared/openapi/build-document.ts'
import { root } from './lib/project.mjs'

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const path = join(root, 'site', 'public', 'openapi.json')
mkdirSync(dirname(path), { recursive: true })
writeFileSync(path, `${JSON.stringify(buildDocument({ version }))}\n`)
