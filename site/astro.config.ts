import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import preact from '@astrojs/preact'
import { defineConfig } from 'astro/config'
import { preloadModules } from './build/preload-modules.ts'
import { firstAnswersScript } from './src/api/first-answers.ts'
import { conversationScript } from './src/features/chat/conversation-script.ts'
import { themeScript } from './src/theme/theme-script.ts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

// The inline scripts that Astro does not hash by itself: they must run before the first paint.
const hashOf = (script: string) => `sha256-${createHash('sha256').update(script).digest('base64')}` as const

/**
 * Small files that nearly every page needs are one: a browser asks for six at a time, and a page begins with the last of them.
 * The sentences stay by themselves, each language its own, and so do the few lines of the public pages.
 */
const together = [
  {
    name: 'base',
    test: /node_modules\/(?:preact|@preact|i18next)\/|site\/src\/(?:api|i18n|ui)\/(?!locales\/|remember-locale)/,
    minShareCount: 12,
  },
  {
    name: 'frame',
    test: /node_modules\/partysocket\/|site\/src\/(?:features\/(?:shell|feed)|theme|ui|api)\//,
    minShareCount: 6,
  },
  { name: 'images-state', test: /site\/src\/features\/images\/state\//, minShareCount: 2 },
]

export default defineConfig({
  outDir: './dist',
  cacheDir: '../.astro',
  trailingSlash: 'ignore',
  // `/en/chat` is `en/chat.html` and `/en/` is `en/index.html`, so that no address needs a redirect.
  build: { format: 'preserve', assets: '_assets' },
  devToolbar: { enabled: false },
  integrations: [preact(), preloadModules()],
  // Prism names the words of code by classes; Shiki would need inline styles, which the policy refuses.
  markdown: { syntaxHighlight: 'prism' },
  security: {
    csp: {
      algorithm: 'SHA-256',
      directives: [
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-src 'none'",
      ],
      scriptDirective: {
        resources: ["'self'"],
        hashes: [themeScript, conversationScript, firstAnswersScript].map(hashOf),
      },
      styleDirective: { resources: ["'self'"] },
    },
  },
  vite: {
    resolve: {
      alias: [{ find: /^#shared\/(.*)$/, replacement: path('../workers/shared/$1.ts') }],
    },
    // Fonts and images stay files: the policy allows no data: fonts.
    build: { assetsInlineLimit: 0, target: 'es2022' },
    environments: { client: { build: { rolldownOptions: { output: { codeSplitting: { groups: together } } } } } },
  },
})
