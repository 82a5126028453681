import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
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
