import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // Nothing here keeps state in a module that another file could trip over, and loading the same modules for each of
          // some hundred files took two thirds of the time. `--sequence.shuffle.files` finds whoever breaks that.
          isolate: false,
          include: ['{workers,durable-objects,db,site,scripts,test}/**/*.test.{ts,tsx,mjs}'],
          exclude: ['**/*.workers.test.ts', '**/*.e2e.test.ts', '**/node_modules/**', '**/dist/**'],
        },
      },
      {
        plugins: [
          cloudflareTest({
            main: './durable-objects/worker.ts',
            wrangler: { configPath: './durable-objects/wrangler.toml' },
            miniflare: { cf: false },
          }),
        ],
        test: { name: 'durable-objects', include: ['durable-objects/**/*.workers.test.ts'] },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/**/*.e2e.test.ts'],
          globalSetup: ['./test/platform.setup.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
