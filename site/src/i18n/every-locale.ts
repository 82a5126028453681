// For the build, which renders every language. By itself, so that what a browser loads leads to none but its own.
import type { Dictionary } from './locales.ts'

export const everyLocale = import.meta.glob<{ default: Dictionary }>('./locales/*.ts', { eager: true })
