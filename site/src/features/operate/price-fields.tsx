import { currencyName } from '../../i18n/format-currency.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'

interface PriceFieldsProps<Amount extends string> {
  rows: readonly ({ currency: string } & Record<Amount, string>)[]
  amounts: readonly { name: Amount; label: string }[]
  onChange: (rows: ({ currency: string } & Record<Amount, string>)[]) => void
  errorOf: (path: string) => string | null
  blank: { currency: string } & Record<Amount, string>
}

function nameOf(locale: string, currency: string): string | null {
  try {
    return currencyName(locale, currency)
  } catch {
    return null
  }
}

/** A row for each currency, a column for each interval. What is left empty is not sold. */
export function PriceFields<Amount extends string>({
  rows,
  amounts,
  onChange,
  errorOf,
  blank,
}: PriceFieldsProps<Amount>) {
  const t = useTranslate()
  const locale = useLocale()
  const change = (at: number, part: Partial<Record<string, string>>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...part } : row)))
  return (
    <div class="stack">
      {rows.map((row, at) => {
        const currency = row.currency.trim().toLowerCase()
        const name = /^[a-z]{3}$/.test(currency) ? nameOf(locale, currency) : null
        return (
          <div class="operate-price-row" key={at}>
            <Field
              label={t('operate.currency')}
              value={row.currency}
              onInput={(value) => change(at, { currency: value })}
              error={errorOf(`prices.${at}.currency`)}
              hint={name ?? t('operate.currency-hint')}
              maxLength={3}
              autocomplete="off"
              latin
            />
            {amounts.map((amount) => (
              <Field
                key={amount.name}
                label={amount.label}
                value={row[amount.name]}
                onInput={(value) => change(at, { [amount.name]: value })}
                error={errorOf(`prices.${at}.${amount.name}`)}
                hint={amounts.length > 1 ? t('operate.price-hint') : undefined}
                inputMode="decimal"
                autocomplete="off"
                latin
              />
            ))}
            <Button
              variant="ghost"
              iconOnly
              icon="trash"
              disabled={rows.length === 1}
              onClick={() => onChange(rows.filter((_, index) => index !== at))}
            >
              {t('operate.remove-currency', { currency: row.currency.toUpperCase() || String(at + 1) })}
            </Button>
          </div>
        )
      })}
      <div>
        <Button size="sm" icon="plus" onClick={() => onChange([...rows, blank])}>
          {t('operate.add-currency')}
        </Button>
      </div>
    </div>
  )
}
