// Models that make pictures: what they do with one, and what one costs. Their prices are no columns of tokens.
import type { Model } from '../../api/models.ts'
import { Badge } from '../../ui/badge.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { Money } from '../../ui/money.tsx'
import { ModelHead } from './model-head.tsx'
import { picturePrices, type PicturePrice } from './picture-prices.ts'

export function PictureTable({ models }: { models: Model[] }) {
  const t = useTranslate()
  return (
    <div class="table-scroll models-scroll">
      <table class="table models-table pictures-table">
        <thead>
          <tr>
            <th scope="col">{t('models.model')}</th>
            <th scope="col">{t('models.picture-price')}</th>
          </tr>
        </thead>
        <tbody>
          {models.map((model) => (
            <PictureRow key={model.id} model={model} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function PictureRow({ model }: { model: Model }) {
  const t = useTranslate()
  return (
    <tr>
      <ModelHead model={model}>
        <span class="cluster small muted model-facts">
          {model.image?.operations.map((operation) => (
            <Badge key={operation}>{t(`images.operation-${operation}`)}</Badge>
          ))}
        </span>
      </ModelHead>
      <td class="model-price" data-label={t('models.picture-price')}>
        <PriceList prices={picturePrices(model)} />
      </td>
    </tr>
  )
}

function PriceList({ prices }: { prices: PicturePrice[] }) {
  const t = useTranslate()
  if (prices.length === 0) return <span class="muted">{t('models.no-price')}</span>
  return (
    <ul class="picture-prices">
      {prices.map(({ micros, upTo, size, quality }) => (
        <li key={quality ?? ''}>
          {micros === 0 ? (
            t('models.free')
          ) : (
            <>
              {upTo && `${t('models.up-to')} `}
              <Money micros={micros} />
            </>
          )}{' '}
          <bdi dir="ltr" class="small muted">
            {size}
            {quality !== null && ` · ${quality}`}
          </bdi>
        </li>
      ))}
    </ul>
  )
}
