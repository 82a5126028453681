// Who runs this deployment: the people of ADMIN_EMAILS, once they have proved that the address is theirs.
// On the operator's own machine there may be no mail to prove it with, and nobody else to pretend.
import { isLoopback, type AuthSettings } from './settings.ts'

interface Question {
  email: string
  emailVerified: boolean
  /** Where the call came in. */
  origin: string
  settings: Pick<AuthSettings, 'adminEmails' | 'publicUrl'>
}

const runsLocally = ({ origin, settings }: Question): boolean =>
  isLoopback(origin) && (settings.publicUrl === undefined || isLoopback(settings.publicUrl))

export const isPlatformAdmin = (question: Question): boolean =>
  question.settings.adminEmails.has(question.email.toLowerCase()) && (question.emailVerified || runsLocally(question))
