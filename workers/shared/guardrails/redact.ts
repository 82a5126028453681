// Texts for a log: every personal datum and secret that there is a detector for is masked.
import { redactionRules } from './chain.ts'
import { createJsonScreen } from './matching/json-screen.ts'
import type { TextScreen } from './matching/text-screen.ts'

const through = (screen: TextScreen, text: string): string => screen.push(text) + screen.end()

/** JSON stays JSON; what is none, or was cut off, is read as far as it goes. */
export const redactJson = (json: string): string =>
  through(createJsonScreen({ rules: redactionRules, tell: () => {} }), json)
