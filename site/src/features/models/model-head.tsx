import type { ComponentChildren } from 'preact'
import type { Model } from '../../api/models.ts'
import type { Key } from '../../i18n/locales.ts'
import { Badge } from '../../ui/badge.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'

/** What answers needs no badge: it is what everybody comes for. */
const shownKinds = {
  embedding: 'models.kind-embedding',
  moderation: 'models.kind-moderation',
  image: 'models.kind-image',
} as const satisfies Record<Exclude<Model['kind'], 'language'>, Key>

/** The first cell of its row; `children` are its facts. */
export function ModelHead({ model, children }: { model: Model; children: ComponentChildren }) {
  const t = useTranslate()
  return (
    <th scope="row">
      <span class="model-name">
        {model.name} {model.kind !== 'language' && <Badge>{t(shownKinds[model.kind])}</Badge>}{' '}
        {model.sandbox && <Badge tone="accent">{t('models.sandbox')}</Badge>}
      </span>
      <span class="cluster model-id">
        <code>{model.id}</code>
        <CopyButton text={model.id} iconOnly label={`${t('ui.copy')}: ${model.id}`} />
      </span>
      {children}
    </th>
  )
}
