// One layout for every mail: plain text, and HTML that reads in the language's own direction.
import type { Locale } from '#shared/contracts/account'
import { roleNames, sentences, type BudgetFacts, type MailKind } from './sentences.ts'

export interface Mail {
  to: string
  kind: MailKind
  locale: Locale
  url?: string
  name?: string
  organization?: string
  inviter?: string
  role?: string
  budget?: BudgetFacts
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character]!)

/** Names come from strangers: one line, and no more of it than a subject can carry. */
const oneLine = (text: string | undefined): string =>
  (text ?? '')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 100)

const noBudget: BudgetFacts = { account: '', spent: '', limit: '', percent: '', period: '', resets: '' }

export function renderMail({ to, kind, locale, url, name, organization, inviter, role, budget = noBudget }: Mail): {
  subject: string
  text: string
  html: string
} {
  const facts = {
    name: oneLine(name),
    organization: oneLine(organization),
    inviter: oneLine(inviter),
    role: roleNames[locale][role ?? ''] ?? '',
    ...budget,
    account: oneLine(budget.account),
  }
  const { subject, greeting, body, button, note } = sentences[locale][kind](facts)
  const link = button && url ? url : null
  const product = locale === 'ar' ? 'رواق' : 'Riwaq'
  const sentTo = `${locale === 'ar' ? 'أُرسلت إلى' : 'Sent to'} ${to}`
  const text = [greeting, body, ...(link ? [`${button}:\n${link}`] : []), note, `${product} · ${sentTo}`].join('\n\n')
  const paragraph = (content: string, style = '') => `<p style="margin:0 0 16px;${style}">${content}</p>`
  const html = `<!doctype html>
<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:32px 16px;background:#f6f5f2;color:#1f1d1a;font:16px/1.6 'IBM Plex Sans Arabic','IBM Plex Sans',system-ui,sans-serif">
<div style="max-width:480px;margin:0 auto;padding:32px;background:#fff;border-radius:12px;text-align:start">
${paragraph(`<strong>${product}</strong>`)}
${paragraph(escapeHtml(greeting))}
${paragraph(escapeHtml(body))}
${link ? paragraph(`<a href="${escapeHtml(link)}" style="display:inline-block;padding:10px 20px;border-radius:8px;background:#1d4b4f;color:#fff;text-decoration:none">${escapeHtml(button!)}</a>`) : ''}
${link ? paragraph(`<span dir="ltr" style="word-break:break-all">${escapeHtml(link)}</span>`, 'font-size:13px;color:#6b6760') : ''}
${paragraph(escapeHtml(note), 'font-size:13px;color:#6b6760')}
${paragraph(escapeHtml(sentTo), 'font-size:13px;color:#6b6760')}
</div>
</body>
</html>`
  return { subject, text, html }
}
