// Sends a mail or says in the log that it could not: what the mail was about has happened all the same.
import type { Logger } from '#shared/http/log'
import type { MailMessage } from './mail-message.ts'
import { renderMail, type Mail } from './render-mail.ts'

export interface Mailer {
  send(mail: Mail): Promise<boolean>
}

interface Tools {
  send: (message: MailMessage) => Promise<unknown>
  from: string
  logger: Logger
}

/** `Riwaq <no-reply@riwaq.example>` or the bare address. */
function senderOf(from: string): MailMessage['from'] {
  const named = /^\s*(.+?)\s*<([^<>\s]+)>\s*$/.exec(from)
  return named ? { name: named[1]!, email: named[2]! } : from
}

export const createMailer = ({ send, from, logger }: Tools): Mailer => ({
  async send(mail) {
    try {
      await send({
        from: senderOf(from),
        to: mail.to,
        ...renderMail(mail),
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
      logger.info('mail-sent', { kind: mail.kind, locale: mail.locale })
      return true
    } catch (error) {
      logger.error('mail-failed', { kind: mail.kind, internal: error instanceof Error ? error.message : String(error) })
      return false
    }
  },
})
