import { html, type Html, type Part } from './html.ts'
import type { Reader } from './locale.ts'

const style = `
:root { color-scheme: light dark; --ink: #1a1d21; --soft: #565d66; --line: #c9ced6; --paper: #fff; --ground: #f4f5f7; --accent: #1f5fbf; --on-accent: #fff; --warn: #7a3e00; --warn-ground: #fff3e0; --bad: #a3161b }
@media (prefers-color-scheme: dark) { :root { --ink: #eceef1; --soft: #b0b7c0; --line: #4a525c; --paper: #1d2126; --ground: #14171b; --accent: #8ab8ff; --on-accent: #10141a; --warn: #ffd9a8; --warn-ground: #3a2a14; --bad: #ff9a9a } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, 'IBM Plex Sans Arabic', sans-serif }
.note { background: var(--warn-ground); color: var(--warn); padding: .75rem 1rem; text-align: center; font-weight: 600 }
main { max-inline-size: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; display: grid; gap: 1.5rem }
.two { display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); align-items: start }
section { background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; min-inline-size: 0 }
h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.125rem; margin: 0 0 1rem }
p { margin: 0 0 .75rem }
form, fieldset { display: grid; gap: 1rem; border: 0; padding: 0; margin: 0; min-inline-size: 0 }
label { display: grid; gap: .25rem; font-weight: 600 }
input, select { font: inherit; padding: .6rem .75rem; border: 1px solid var(--soft); border-radius: .5rem; background: var(--paper); color: var(--ink); inline-size: 100%; min-inline-size: 0 }
.numbers { direction: ltr; text-align: start } [dir=rtl] .numbers { text-align: end }
.stack { display: grid; gap: 1.5rem; min-inline-size: 0 }
.pair { display: grid; gap: 1rem; grid-template-columns: 1fr 1fr }
button, .button { font: inherit; font-weight: 600; padding: .7rem 1rem; border-radius: .5rem; border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); cursor: pointer; text-decoration: none; text-align: center }
button.quiet, .button.quiet { background: transparent; color: var(--accent) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
a { color: var(--accent) }
.error { color: var(--bad); font-weight: 600 } .soft { color: var(--soft) }
.rows { display: grid; gap: .5rem; margin: 0 } .rows div { display: flex; justify-content: space-between; gap: 1rem } .rows dd { margin: 0; white-space: nowrap } .rows .sum { border-block-start: 1px solid var(--line); padding-block-start: .5rem; font-weight: 700 }
.scroll { overflow-x: auto } table { border-collapse: collapse; inline-size: 100% } th, td { text-align: start; padding: .4rem .5rem; border-block-end: 1px solid var(--line); vertical-align: top }
code { direction: ltr; unicode-bidi: isolate; font-size: .9em; overflow-wrap: anywhere }
header { display: flex; justify-content: space-between; align-items: center; gap: 1rem; flex-wrap: wrap }
.inline { display: flex; gap: .5rem; flex-wrap: wrap; align-items: end }
`

/** `elsewhere` is the same page in the other language. */
export function page({
  reader,
  title,
  body,
  elsewhere,
  script = null,
}: {
  reader: Reader
  title: string
  body: Part
  elsewhere?: string
  script?: string | null
}): Html {
  const { locale, dir, t } = reader
  return html`<!doctype html>
    <html lang="${locale}" dir="${dir}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${style}
        </style>
        ${script && html`<script src="${script}" defer></script>`}
      </head>
      <body>
        <aside class="note">${t.standIn}</aside>
        <main>
          <header>
            <h1>${title}</h1>
            ${elsewhere && html`<a href="${elsewhere}" lang="${locale === 'ar' ? 'en' : 'ar'}">${t.otherLanguage}</a>`}
          </header>
          ${body}
        </main>
      </body>
    </html>`
}

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'"

export const toResponse = (document: Html, status = 200): Response =>
  new Response(document.text, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    },
  })

export const redirect = (location: string): Response => new Response(null, { status: 303, headers: { location } })

export const notFound = (reader: Reader): Response =>
  toResponse(page({ reader, title: reader.t.notFoundTitle, body: html`<section>${reader.t.notFound}</section>` }), 404)
