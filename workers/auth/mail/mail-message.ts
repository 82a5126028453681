/** A mail as the platform's mail binding takes it. */
export interface MailMessage {
  from: string | { name: string; email: string }
  to: string
  subject: string
  text: string
  html: string
  headers: Record<string, string>
}
