// The platform's own vendor: it needs no key and no network, and says so.
import type { Wait } from '../kit/wait.ts'
import type { LanguageVendor } from '../spec/vendor.ts'
import { createGuide } from './language.ts'

/** Fast enough not to bore, slow enough to be seen; the slow one leaves time to press Stop or to reload. */
const millisecondsPerWord: Readonly<Record<string, number>> = { 'sandbox-guide': 15, 'sandbox-slow-guide': 120 }

/** Without `wait` the guide speaks as fast as it is read. */
export const createSandbox = ({ wait }: { wait?: Wait } = {}): LanguageVendor => ({
  language: (modelId, traits) => createGuide({ traits, millisecondsPerWord: millisecondsPerWord[modelId] ?? 15, wait }),
})
