// The page for whoever runs this: what is in the account, what was told, and the switches.
import type { Deliverer } from '../delivery/deliverer.ts'
import type { Engine } from '../engine.ts'
import { faultModes } from '../tables.ts'
import { html, type Html } from './html.ts'
import { page, toResponse } from './layout.ts'
import { date, money, readerOf } from './locale.ts'

const shown = 25

const table = (caption: string, heads: string[], rows: Html[]): Html =>
  html`<section>
    <h2>${caption}</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="${caption}">
      <table>
        <thead>
          <tr>
            ${heads.map((head) => html`<th scope="col">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${
            rows.length > 0
              ? rows
              : html`<tr>
                  <td colspan="${heads.length}">Nothing yet</td>
                </tr>`
          }
        </tbody>
      </table>
    </div>
  </section>`

const cells = (...values: (string | number | Html)[]) =>
  html`<tr>
    ${values.map((value) => html`<td>${value}</td>`)}
  </tr>`

function switches(engine: Engine, deliverer: Deliverer): Html {
  const now = new Date(engine.now() * 1000).toISOString().replace('T', ' ').slice(0, 19)
  const act = (action: string, label: string, fields: Html = html``) =>
    html`<form method="post" action="/_control/${action}" class="inline">${fields}<button>${label}</button></form>`
  const hours: [string, number][] = [
    ['An hour on', 3600],
    ['A day on', 86_400],
    ['A week on', 604_800],
    ['31 days on', 2_678_400],
  ]
  return html`<section>
    <h2>Clock</h2>
    <p>It is <strong>${now} UTC</strong> in this account.</p>
    <div class="inline">
      ${hours.map(([label, seconds]) => act('advance', label, html`<input type="hidden" name="seconds" value="${seconds}" />`))}
    </div>
    <h2>Webhooks</h2>
    <p>Delivered: <strong>${deliverer.faults.webhooks}</strong>. ${deliverer.pending().length} wait.</p>
    <div class="inline">
      ${faultModes.map((mode) => act('webhooks', mode, html`<input type="hidden" name="mode" value="${mode}" />`))}
      ${act('flush', 'Send what waits')}
    </div>
    <h2>Everything</h2>
    ${act('reset', 'Empty this account')}
  </section>`
}

function customers(engine: Engine): Html {
  const rows = engine.store.list('customer').slice(0, shown)
  return table(
    'Customers',
    ['Id', 'Name', 'E-mail', 'Subscriptions', 'Made'],
    rows.map(({ id, name, email, created }) => {
      const own = engine.store.list('subscription', { customer: id }).map(({ status }) => status)
      return cells(html`<code>${id}</code>`, name ?? '', email ?? '', own.join(', '), date(created, 'en'))
    }),
  )
}

function invoices(engine: Engine): Html {
  const rows = engine.store.list('invoice').slice(0, shown)
  return table(
    'Invoices',
    ['Number', 'State', 'Total', 'Made'],
    rows.map(({ id, number, status, total, currency, created }) =>
      cells(
        status === 'draft' ? (number ?? id) : html`<a href="/i/${id}">${number ?? id}</a>`,
        status ?? '',
        money({ amount: total, currency, locale: 'en' }),
        date(created, 'en'),
      ),
    ),
  )
}

function deliveries(engine: Engine, deliverer: Deliverer): Html {
  const rows = [...deliverer.pending(), ...engine.store.list('_delivered')].slice(0, shown)
  return table(
    'Deliveries',
    ['Event', 'Kind', 'State', 'Tries', 'Last answer'],
    rows.map(({ event, eventType, status, attempts, lastAnswer }) =>
      cells(html`<code>${event}</code>`, eventType, status, attempts, lastAnswer ?? ''),
    ),
  )
}

function events(engine: Engine): Html {
  const rows = engine.store.list('event').slice(0, shown)
  return table(
    'Events',
    ['Id', 'Kind', 'At'],
    rows.map(({ id, type, created }) => cells(html`<code>${id}</code>`, type, new Date(created * 1000).toISOString())),
  )
}

export function controlPage(engine: Engine, deliverer: Deliverer): Response {
  const body = html`${switches(engine, deliverer)} ${customers(engine)} ${invoices(engine)}
  ${deliveries(engine, deliverer)} ${events(engine)}`
  return toResponse(page({ reader: readerOf('en'), title: 'Local Stripe', body }))
}
