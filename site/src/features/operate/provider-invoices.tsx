import { useState } from 'preact/hooks'
import type { ProviderInvoice } from '#shared/contracts/billing-administration'
import { useAction } from '../../api/use-action.ts'
import { useResource } from '../../api/use-resource.ts'
import { amountSentence } from '../../ui/amount-sentence.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Field } from '../../ui/field.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { Money } from '../../ui/money.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { readAmount, typedAmount } from '../../ui/read-amount.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toasts.ts'
import { listProviderInvoices, writeProviderInvoice } from './operate-calls.ts'

const nameOf = ({ provider, month }: ProviderInvoice) => `${provider} ${month}`

/** What the providers billed, beside what was counted here: a difference is a question to one of the two. */
export function ProviderInvoices() {
  const t = useTranslate()
  const { data, problem, reload, replace } = useResource('provider-invoices', listProviderInvoices)
  const [edited, setEdited] = useState<ProviderInvoice | null>(null)
  return (
    <section class="card stack" aria-labelledby="operate-provider-invoices">
      <h2 id="operate-provider-invoices">{t('operate.provider-invoices')}</h2>
      <p class="muted small">{t('operate.provider-invoices-text')}</p>
      {!data && (problem ? <ErrorState problem={problem} onRetry={reload} compact /> : <Skeleton lines={4} />)}
      {data?.data.length === 0 && <EmptyState compact icon="usage" title={t('operate.no-usage')} />}
      {data && data.data.length > 0 && <InvoiceTable invoices={data.data} onEdit={setEdited} />}
      {edited && (
        <BilledDialog
          invoice={edited}
          onClose={() => setEdited(null)}
          onSaved={(invoice) => {
            replace((all) => ({
              ...all,
              data: all.data.map((each) => (nameOf(each) === nameOf(invoice) ? invoice : each)),
            }))
            setEdited(null)
          }}
        />
      )}
    </section>
  )
}

interface TableProps {
  invoices: ProviderInvoice[]
  onEdit: (invoice: ProviderInvoice) => void
}

function InvoiceTable({ invoices, onEdit }: TableProps) {
  const t = useTranslate()
  return (
    <DataTable
      caption={t('operate.provider-invoices')}
      rows={invoices}
      idOf={nameOf}
      columns={[
        {
          name: 'provider',
          heading: t('operate.provider'),
          title: true,
          cell: ({ provider, month, note }) => (
            <span class="operate-name">
              <span>
                <code dir="ltr">{provider}</code> <bdi class="operate-quiet">{month}</bdi>
              </span>
              {note && <bdi class="operate-quiet">{note}</bdi>}
            </span>
          ),
        },
        {
          name: 'counted',
          heading: t('operate.counted'),
          numeric: true,
          cell: ({ counted_micros }) => <Money micros={counted_micros} style="short" />,
        },
        {
          name: 'billed',
          heading: t('operate.billed'),
          numeric: true,
          cell: ({ billed_micros }) => (billed_micros === null ? '–' : <Money micros={billed_micros} style="short" />),
        },
        {
          name: 'difference',
          heading: t('operate.difference'),
          numeric: true,
          cell: ({ difference_micros }) =>
            difference_micros === null ? (
              '–'
            ) : (
              <span class={difference_micros === 0 ? undefined : 'operate-loss'}>
                <Money micros={difference_micros} style="short" />
              </span>
            ),
        },
        {
          name: 'actions',
          heading: t('admin.actions'),
          headingHidden: true,
          cell: (invoice) => (
            <Button
              size="sm"
              icon="edit"
              aria-label={t('operate.named', { action: t('operate.enter-billed'), name: nameOf(invoice) })}
              onClick={() => onEdit(invoice)}
            >
              {t('operate.enter-billed')}
            </Button>
          ),
        },
      ]}
    />
  )
}

interface BilledProps {
  invoice: ProviderInvoice
  onClose: () => void
  onSaved: (invoice: ProviderInvoice) => void
}

function BilledDialog({ invoice, onClose, onSaved }: BilledProps) {
  const t = useTranslate()
  const [amount, setAmount] = useState(invoice.billed_micros === null ? '' : typedAmount(invoice.billed_micros))
  const [note, setNote] = useState(invoice.note ?? '')
  const [tried, setTried] = useState(false)
  const reading = readAmount(amount)
  const save = useAction(async () => {
    if (!reading.ok) return
    const typed = note.trim()
    onSaved(
      await writeProviderInvoice(invoice, { amount_micros: reading.micros, ...(typed !== '' && { note: typed }) }),
    )
    toast({ text: t('operate.billed-saved') })
  })
  return (
    <Dialog open onClose={onClose} size="sm" title={t('operate.enter-billed-named', { name: nameOf(invoice) })}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          void save.run()
        }}
      >
        <Field
          label={t('operate.billed')}
          hint={t('operate.dollars')}
          value={amount}
          onInput={setAmount}
          error={tried && !reading.ok ? t(amountSentence(reading.fault)) : null}
          inputMode="decimal"
          autocomplete="off"
          latin
        />
        <Field label={t('operate.note')} value={note} onInput={setNote} maxLength={200} autocomplete="off" optional />
        {save.problem && <ProblemNote problem={save.problem} />}
        <div class="dialog-foot">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" variant="primary" busy={save.running}>
            {t('operate.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
