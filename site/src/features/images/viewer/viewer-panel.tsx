import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { LibraryItem } from '#shared/contracts/library'
import { useAction } from '../../../api/use-action.ts'
import { formatTime } from '../../../i18n/format-time.ts'
import type { Key } from '../../../i18n/locales.ts'
import { hasKey } from '../../../i18n/translate.ts'
import { Button, LinkButton } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import type { IconName } from '../../../ui/icon-paths.ts'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import { Money } from '../../../ui/money.tsx'
import { toast } from '../../../ui/toasts.ts'
import { fileAddress } from '../../library/library-calls.ts'
import { chatWith, libraryWith } from '../../library/send-to.ts'
import { shownSize } from '../state/aspect.ts'
import type { Task } from '../state/draft.ts'
import { parametersOf } from '../state/item-facts.ts'
import { operationWords } from '../state/job-words.ts'
import { CollectionChoice } from './collection-choice.tsx'
import { copyPicture } from './copy-picture.ts'

export interface ViewerActions {
  favourite: (item: LibraryItem) => void
  remove: (item: LibraryItem) => void
  again: (item: LibraryItem) => void
  work: (item: LibraryItem, task: Task) => void
  compare: (item: LibraryItem) => void
}

interface ViewerPanelProps {
  item: LibraryItem
  modelName: (id: string) => string
  actions: ViewerActions
}

const works: readonly { task: Task; icon: IconName; label: Key }[] = [
  { task: 'edit', icon: 'edit', label: 'images.edit' },
  { task: 'variation', icon: 'vary', label: 'images.vary' },
  { task: 'outpaint', icon: 'expand', label: 'images.operation-outpaint' },
  { task: 'upscale', icon: 'upscale', label: 'images.operation-upscale' },
  { task: 'remove-background', icon: 'cutout', label: 'images.operation-remove-background' },
]

export function ViewerPanel({ item, modelName, actions }: ViewerPanelProps) {
  const t = useTranslate()
  const locale = useLocale()
  const copying = useAction(() => copyPicture(fileAddress(item.id)))
  const copy = async () => {
    const copied = await copying.run()
    toast(copied ? { text: t('images.copied') } : { tone: 'danger', text: t('ui.copy-failed') })
  }
  return (
    <div class="images-panel" tabIndex={-1}>
      <div class="images-panel-row">
        <Button icon="heart" size="sm" aria-pressed={item.favourite} onClick={() => actions.favourite(item)}>
          {t('images.favourite')}
        </Button>
        <LinkButton href={fileAddress(item.id, { download: true })} icon="download" size="sm" download>
          {t('images.download')}
        </LinkButton>
        <Button icon="copy" size="sm" busy={copying.running} onClick={() => void copy()}>
          {t('ui.copy')}
        </Button>
        <Button icon="compare" size="sm" onClick={() => actions.compare(item)}>
          {t('images.compare')}
        </Button>
        <CollectionChoice item={item} />
        {item.mine && (
          <Button icon="trash" size="sm" class="images-danger" onClick={() => actions.remove(item)}>
            {t('images.delete')}
          </Button>
        )}
      </div>
      <div>
        <h3>{t('images.work-with')}</h3>
        <div class="images-panel-grid">
          {item.provenance && (
            <Button icon="refresh" size="sm" onClick={() => actions.again(item)}>
              {t('images.again')}
            </Button>
          )}
          {works.map(({ task, icon, label }) => (
            <Button key={task} icon={icon} size="sm" onClick={() => actions.work(item, task)}>
              {t(label)}
            </Button>
          ))}
        </div>
      </div>
      <div>
        <h3>{t('images.send-to')}</h3>
        <div class="images-panel-row">
          <LinkButton href={chatWith(locale, [item.id])} icon="chat" size="sm">
            {t('shell.chat')}
          </LinkButton>
          <LinkButton href={libraryWith(locale, item.id)} icon="library" size="sm">
            {t('shell.library')}
          </LinkButton>
        </div>
      </div>
      <Facts item={item} modelName={modelName} />
    </div>
  )
}

function Facts({ item, modelName }: Pick<ViewerPanelProps, 'item' | 'modelName'>) {
  const t = useTranslate()
  const locale = useLocale()
  const [whole, setWhole] = useState(false)
  const made = item.provenance
  const size = item.width && item.height ? shownSize({ width: item.width, height: item.height }) : null
  return (
    <section aria-label={t('images.provenance')}>
      <h3>{t('images.provenance')}</h3>
      {made?.prompt && (
        <div class="images-panel-prompt">
          <p dir="auto" class={whole ? undefined : 'is-short'} onClick={() => setWhole(true)}>
            {made.prompt}
          </p>
          <CopyButton text={made.prompt} label={t('images.copy-prompt')} />
        </div>
      )}
      <dl class="images-facts">
        {made?.original_prompt && (
          <Fact name={t('images.original')} wide>
            <span dir="auto">{made.original_prompt}</span>
          </Fact>
        )}
        {made?.negative_prompt && (
          <Fact name={t('images.negative')} wide>
            <span dir="auto">{made.negative_prompt}</span>
          </Fact>
        )}
        {made && <Fact name={t('images.task')}>{operationName(made.operation)}</Fact>}
        {made?.model && (
          <Fact name={t('images.model')}>
            <bdi title={made.model}>{modelName(made.model)}</bdi>
          </Fact>
        )}
        {size && (
          <Fact name={t('images.size')}>
            <bdi dir="ltr" class="numeric">
              {size}
            </bdi>
          </Fact>
        )}
        {made && made.seed !== null && (
          <Fact name={t('images.seed')}>
            <bdi dir="ltr" class="numeric">
              {made.seed}
            </bdi>{' '}
            <CopyButton text={String(made.seed)} iconOnly label={t('images.copy-seed')} />
          </Fact>
        )}
        {made && made.cost_micros !== null && (
          <Fact name={t('images.cost')}>
            <Money micros={made.cost_micros} />
          </Fact>
        )}
        <Fact name={t('images.made-at')}>{formatTime(locale, made?.made_at ?? item.created_at)}</Fact>
        {parametersOf(item)
          .filter(({ name }) => name !== 'size')
          .map(({ name, value }) => (
            <Fact key={name} name={parameterName(name)}>
              <bdi>{value}</bdi>
            </Fact>
          ))}
      </dl>
    </section>
  )

  function operationName(operation: string): string {
    return operation in operationWords ? t(operationWords[operation as keyof typeof operationWords]) : operation
  }

  function parameterName(name: string): string {
    const key = `images.${name.replaceAll('_', '-')}`
    return hasKey(locale, key) ? t(key) : name
  }
}

function Fact({ name, wide, children }: { name: string; wide?: boolean; children: ComponentChildren }) {
  return (
    <div class={wide ? 'images-fact is-wide' : 'images-fact'}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
