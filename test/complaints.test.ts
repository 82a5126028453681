// What users of other gateways complain of most, and the tests that prove that it does not happen here. A test that is
// renamed or gone is noticed.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const chat = 'workers/chat/complaints.test.ts'
const routing = 'workers/chat/routing/routing.test.ts'
const answers = 'workers/chat/answer-route.test.ts'
const admission = 'workers/shared/metering/ledger-conformance-admission.ts'
const settlement = 'workers/shared/metering/ledger-conformance-settlement.ts'
const journeys = 'test/chat-completions.e2e.test.ts'

interface Complaint {
  what: string
  proofs: [file: string, name: string][]
}

const complaints: Complaint[] = [
  {
    what: 'overspend under concurrency: checked, then acted',
    proofs: [
      [chat, 'complaint 1: however many calls come at once, no balance and no budget is overspent'],
      [admission, 'sixty requests at once spend no more than there is'],
      ['durable-objects/ledger/ledger-model.test.ts', 'whatever happens, in whatever order, the books are right'],
      [journeys, 'a hundred parallel requests cannot spend more than there is'],
    ],
  },
  {
    what: 'reservations that leak, so that paying users are refused',
    proofs: [
      [chat, 'complaint 2: whatever becomes of calls, nothing stays held and nobody is refused for it'],
      [routing, 'while a call runs its hold is renewed, and a lost Worker’s runs out soon'],
      [settlement, 'a hold frees itself when its time is over'],
      ['durable-objects/ledger/ledger.workers.test.ts', 'the alarm frees a hold whose Worker died'],
    ],
  },
  {
    what: 'an aborted stream billed as nothing',
    proofs: [
      [chat, 'complaint 3: who drops the connection before the usage comes pays for what came'],
      [answers, 'who leaves just before a model that reasons unseen has counted is charged by its count'],
    ],
  },
  {
    what: 'an aborted stream billed in full, the provider never stopped',
    proofs: [
      [chat, 'complaint 4: who drops the connection stops the provider and does not pay for what never came'],
      [journeys, 'a client who leaves stops the provider within a second and pays for what was delivered'],
    ],
  },
  {
    what: 'a failed request billed, an estimate without bound',
    proofs: [
      [chat, 'complaint 5: a failed call costs nothing, and no estimate is above what was asked for and held'],
      [answers, 'a provider that fails before its first byte costs nothing and keeps its status'],
      [routing, 'a failure that passes is not seen by the caller, and charged once'],
    ],
  },
  {
    what: 'cached tokens priced wrong',
    proofs: [
      [chat, 'complaint 6: cached, written and reasoned tokens are charged at their own prices, once'],
      ['workers/shared/providers/kit/usage.test.ts', '%s: and costs what it costs there'],
      ['workers/shared/providers/kit/usage.test.ts', 'a cache that was read is never dearer than one that was missed'],
    ],
  },
  {
    what: 'streams recorded at zero cost, so that budgets never act',
    proofs: [
      [chat, 'complaint 7: a stream without usage is estimated and counts in every budget, never as zero'],
      [journeys, 'missing usage is estimated and marked, never free'],
      ['workers/chat/dialects/stream-usage.test.ts', 'a stream that was cut still knows what the prompt cost'],
    ],
  },
  {
    what: 'double billing and no idempotency',
    proofs: [
      [chat, 'complaint 8: a call that is sent again, settled again or replayed is one charge'],
      [routing, 'an Idempotency-Key holds over attempts: one charge, and the same answer again'],
      [settlement, 'settling twice charges once, and says so'],
      [journeys, 'two at once with the same Idempotency-Key are one charge and one answer'],
    ],
  },
  {
    what: 'slow and leaking under load',
    proofs: [[chat, 'complaint 9: calls leave nothing behind, however they end']],
  },
  {
    what: 'a cut upstream that looks like a complete answer',
    proofs: [
      [chat, 'complaint 10: a provider that breaks off never looks complete, and is not replaced after the first byte'],
      [journeys, 'a provider that breaks off in mid-stream ends the stream with an error, never as if complete'],
      ['test/official-sdks.e2e.test.ts', 'a vendor that drops the connection in mid-answer never looks complete'],
    ],
  },
  {
    what: 'refused by a check against the worst case',
    proofs: [
      [chat, 'complaint 11: who does not say how long the answer may be is not refused for the longest there is'],
      [journeys, 'a smaller balance lowers max_tokens instead of refusing'],
    ],
  },
  {
    what: 'ways around the meter, and limits taken one by one',
    proofs: [
      [chat, 'complaint 12: there is no way around the meter'],
      [admission, 'a refused request takes no part of any limit'],
      [routing, 'a ledger that is lost between two vendors stops the call: nobody is asked unheld'],
    ],
  },
  {
    what: 'the platform’s own: a client who vanishes without a cancel',
    proofs: [[chat, 'complaint 13: a reader who vanishes without a word is settled, and its provider stopped']],
  },
]

const events = 'workers/billing/stripe-events/process-events.test.ts'
const credit = 'workers/billing/grants/credit-of-invoice.test.ts'
const changes = 'workers/billing/subscriptions/change.test.ts'
const refunds = 'workers/billing/refunds/refunds.test.ts'
const reconciliation = 'workers/billing/reconciliation/reconciliation.test.ts'
const money = 'workers/chat/money-complaints.test.ts'

/** What others fell into with subscriptions and credit. */
const traps: Complaint[] = [
  {
    what: 'seats that are paid for and not granted',
    proofs: [
      [credit, 'seats share by their number only where seats are sold'],
      [events, 'credit of a team is for each of its seats'],
    ],
  },
  {
    what: 'a renewal that grants nothing, or forgets the seats',
    proofs: [
      [events, 'a renewal takes the place of what is left of the month before, in whatever order they are told'],
      [
        'test/subscription-life.e2e.test.ts',
        'subscribe, use, upgrade, renew, fail, recover, downgrade, cancel, refund',
      ],
    ],
  },
  {
    what: 'a downgrade that opens a second subscription',
    proofs: [
      [changes, 'when the period has ended the cheaper plan is there'],
      [reconciliation, 'a second subscription is ended, its money goes back, and somebody is told'],
    ],
  },
  {
    what: 'a webhook that is lost because its failure was answered with 200',
    proofs: [
      [
        'workers/billing/stripe-events/receive-event.test.ts',
        'an event that cannot be stored is not answered as if it were',
      ],
      [events, 'what fails is tried again, and in the end shown as failed with its reason'],
      [reconciliation, 'what every webhook about it was lost of is found and put right'],
    ],
  },
  {
    what: 'an older event that overwrites a newer one, or one that is told twice',
    proofs: [
      [events, 'an older answer never replaces a newer one'],
      [events, 'what is told twice, late or in the wrong order is granted once'],
    ],
  },
  {
    what: 'a free account that cannot buy credit',
    proofs: [['workers/billing/credit-packs/buy-credit.test.ts', 'credit is bought on Stripe’s page']],
  },
  {
    what: 'a platform of one’s own that cannot be used because nobody can pay',
    proofs: [['workers/billing/plans/apply-plan.test.ts', 'where nobody is billed nothing is limited by credit']],
  },
  {
    what: 'a double click that pays twice',
    proofs: [
      [changes, 'clicked three times at once it is made once, and everybody is given the same answer'],
      [refunds, 'an operator refunds once, however often the button is pressed, and never more than was paid'],
    ],
  },
  {
    what: 'money that went back while the credit stayed, or a balance below zero that nobody sees',
    proofs: [[refunds, 'what was spent already is owed, told, and paid by the next credit']],
  },
  {
    what: 'a plan that changes under those who have paid for it',
    proofs: [
      [
        'workers/billing/administration/administration.test.ts',
        'changing a plan never changes what a running subscriber has paid for',
      ],
    ],
  },
  {
    what: 'a model without a price that is charged a guess, and a price below zero',
    proofs: [
      [money, 'a model without a price is refused by name, nobody is asked, and nothing is guessed'],
      [money, 'no price is below nothing, whoever sets it, and nobody earns credit by using a model'],
    ],
  },
  {
    what: 'a kind of model that an empty balance does not stop',
    proofs: [[money, 'whatever kind of model is called, without credit nobody is asked']],
  },
  {
    what: 'usage that is forgotten with its conversation',
    proofs: [[money, 'deleting a conversation takes its words and not what it cost']],
  },
]

test('all thirteen are here', () => {
  expect(complaints).toHaveLength(13)
})

test.each([...complaints, ...traps])('“$what” has a test of its own', ({ proofs }) => {
  for (const [file, name] of proofs) {
    const text = readFileSync(join(import.meta.dirname, '..', file), 'utf8')
    expect(text, `${file}: ${name}`).toContain(name)
  }
})
