// `npm run types`: what wrangler would generate for each Worker's bindings, to compare with its own `env.ts`.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { bin, root, workers } from './lib/project.mjs'
import { run } from './lib/run.mjs'

const folder = join(root, '.data', 'types')
mkdirSync(folder, { recursive: true })
for (const worker of workers) {
  await run(bin('wrangler'), [
    'types',
    join(folder, `${worker.name}.d.ts`),
    '--include-runtime=false',
    '-c',
    worker.config,
  ])
  console.log(`.data/types/${worker.name}.d.ts`)
}
