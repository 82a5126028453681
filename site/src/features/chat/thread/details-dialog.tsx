import type { ConversationMessage } from '#shared/contracts/conversation'
import { units } from '#shared/lib/money'
import type { Unit } from '#shared/lib/money'
import type { Model } from '../../../api/models.ts'
import { formatNumber, intlLocale } from '../../../i18n/format-number.ts'
import { formatTime } from '../../../i18n/format-time.ts'
import type { Locale } from '../../../i18n/locales.ts'
import { localized } from '../../../i18n/paths.ts'
import { LinkButton } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import { Money } from '../../../ui/money.tsx'
import { modelName } from '../models/model-facts.ts'

const unitKeys = {
  input_tokens: 'usage.unit-input-tokens',
  cached_input_tokens: 'usage.unit-cached-input-tokens',
  cache_write_tokens: 'usage.unit-cache-write-tokens',
  cache_write_1h_tokens: 'usage.unit-cache-write-1h-tokens',
  audio_input_tokens: 'usage.unit-audio-input-tokens',
  output_tokens: 'usage.unit-output-tokens',
  reasoning_tokens: 'usage.unit-reasoning-tokens',
  image_input_tokens: 'usage.unit-image-input-tokens',
  image_output_tokens: 'usage.unit-image-output-tokens',
  images: 'usage.unit-images',
  megapixels: 'usage.unit-megapixels',
  input_megapixels: 'usage.unit-input-megapixels',
  image_tiles: 'usage.unit-image-tiles',
  input_image_tiles: 'usage.unit-input-image-tiles',
  image_steps: 'usage.unit-image-steps',
} as const satisfies Record<Unit, string>

export interface DetailsDialogProps {
  open: boolean
  message: ConversationMessage | null
  models: readonly Model[]
  onClose: () => void
}

/** Everything that is known of an answer, and what it cost to the micro. */
export default function DetailsDialog({ open, message, models, onClose }: DetailsDialogProps) {
  const t = useTranslate()
  const locale = useLocale()
  const requestId = message?.request_id
  return (
    <Dialog
      open={open && message !== null}
      onClose={onClose}
      title={t('chat.details-title')}
      size="sm"
      footer={
        requestId && (
          <LinkButton href={localized(locale, `/usage?request_id=${encodeURIComponent(requestId)}`)} icon="usage">
            {t('chat.details-entry')}
          </LinkButton>
        )
      }
    >
      {message && <Facts message={message} models={models} />}
    </Dialog>
  )
}

function Facts({ message, models }: { message: ConversationMessage; models: readonly Model[] }) {
  const t = useTranslate()
  const locale = useLocale()
  const used = units.filter((unit) => (message.usage?.[unit] ?? 0) > 0)
  return (
    <dl class="chat-details">
      <dt>{t('chat.details-cost')}</dt>
      <dd class="chat-details-cost">
        {message.cost_micros === null ? t('chat.details-unknown') : <Money micros={message.cost_micros} />}
      </dd>
      <dt>{t('chat.details-model')}</dt>
      <dd>
        <bdi>{message.model ? modelName(models, message.model) : t('chat.details-unknown')}</bdi>
        {message.model && (
          <bdi class="chat-model-id" dir="ltr">
            {message.model}
          </bdi>
        )}
      </dd>
      {used.map((unit) => (
        <>
          <dt>{t(unitKeys[unit])}</dt>
          <dd class="numeric">{formatNumber(locale, message.usage?.[unit] ?? 0)}</dd>
        </>
      ))}
      <dt>{t('chat.details-time')}</dt>
      <dd>{formatTime(locale, message.created_at)}</dd>
      <dt>{t('chat.details-language')}</dt>
      <dd>{languageName(locale, message.language) ?? t('chat.details-unknown')}</dd>
      {message.request_id && (
        <>
          <dt>{t('chat.details-request')}</dt>
          <dd class="chat-details-request">
            <code>{message.request_id}</code>
            <CopyButton text={message.request_id} iconOnly />
          </dd>
        </>
      )}
    </dl>
  )
}

function languageName(locale: Locale, tag: string | null): string | null {
  if (!tag || tag === 'und') return null
  try {
    return new Intl.DisplayNames([intlLocale(locale)], { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}
