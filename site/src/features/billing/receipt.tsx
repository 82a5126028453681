import { useEffect, useState } from 'preact/hooks'
import { leaveForSignIn } from '../../api/account.ts'
import { useResource } from '../../api/use-resource.ts'
import { localeName, localeTags } from '../../i18n/locales.ts'
import { localized } from '../../i18n/paths.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { island, useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { getInvoice, getOffer } from './billing-calls.ts'
import { ReceiptSheet } from './receipt-sheet.tsx'
import './receipt.css'

interface Address {
  id: string
  /** The language that the reader came from: they return to it, whichever the receipt is in. */
  from: string | null
}

function readAddress(): Address {
  const query = new URLSearchParams(window.location.search)
  const from = query.get('from')
  return { id: query.get('id') ?? '', from: from !== null && localeTags.includes(from) ? from : null }
}

/** A page of its own, in either language whatever the interface speaks, that prints on one sheet. */
function Receipt() {
  const t = useTranslate()
  const [address, setAddress] = useState<Address | null>(null)
  useEffect(() => setAddress(readAddress()), [])
  const { data, problem, reload } = useResource(address?.id || null, async (signal) => {
    const [invoice, offer] = await Promise.all([getInvoice(address?.id ?? '', signal), getOffer(signal)])
    return { invoice, test: offer.test_payments }
  })
  useEffect(() => {
    if (problem?.status === 401) leaveForSignIn()
  }, [problem])
  return (
    <div class="receipt-page">
      <Tools address={address} ready={data !== null} />
      {!data && <h1 class="visually-hidden">{t('receipt.title')}</h1>}
      {problem && problem.status !== 401 && <ErrorState problem={problem} onRetry={reload} />}
      {address?.id === '' && <EmptyState icon="docs" title={t('receipt.missing')} />}
      {!data && !problem && address?.id !== '' && (
        <div class="receipt-sheet">
          <Skeleton lines={16} />
        </div>
      )}
      {data && <ReceiptSheet invoice={data.invoice} test={data.test} />}
    </div>
  )
}

function Tools({ address, ready }: { address: Address | null; ready: boolean }) {
  const t = useTranslate()
  const locale = useLocale()
  const from = address?.from ?? locale
  return (
    <nav class="receipt-tools" aria-label={t('receipt.tools')}>
      <LinkButton href={localized(from, '/billing')} variant="ghost" size="sm">
        {t('receipt.back')}
      </LinkButton>
      <span class="cluster">
        {localeTags
          .filter((tag) => tag !== locale)
          .map((tag) => (
            <a
              key={tag}
              class="button button-ghost button-sm"
              lang={tag}
              hreflang={tag}
              href={localized(tag, `/billing/receipt?id=${encodeURIComponent(address?.id ?? '')}&from=${from}`)}
            >
              {localeName(tag)}
            </a>
          ))}
        <Button size="sm" variant="primary" icon="print" disabled={!ready} onClick={() => window.print()}>
          {t('receipt.print')}
        </Button>
      </span>
    </nav>
  )
}

export const ReceiptIsland = island(Receipt)
