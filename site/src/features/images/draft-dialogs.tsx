import type { ComponentChildren } from 'preact'
import type { ImageModelInfo } from '#shared/contracts/images'
import { Dialog } from '../../ui/dialog.tsx'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { operationOf } from './state/draft.ts'
import type { Draft } from './state/draft.ts'
import { rememberImageModel } from './state/model-memory.ts'
import { sizeUnder } from './state/sizes.ts'

const ModelsDialog = lazyPart(() => import('./models-dialog.tsx'))
const MaskDialog = lazyPart(() => import('./mask/mask-dialog.tsx'))
const ExtendDialog = lazyPart(() => import('./outpaint/extend-dialog.tsx'))

export type DraftPart = 'options' | 'models' | 'mask' | 'extend'

export interface DraftDialogsProps {
  /** Which of them is open; null: none. */
  part: DraftPart | null
  draft: Draft
  model: ImageModelInfo | null
  models: readonly ImageModelInfo[]
  /** The same as beside the page on a wide screen. */
  options: ComponentChildren
  onChange: (part: Partial<Draft>) => void
  onMasked: () => void
  onClose: () => void
}

/** Whatever about the draft needs room of its own. */
export function DraftDialogs({ part, draft, model, models, options, onChange, onMasked, onClose }: DraftDialogsProps) {
  const t = useTranslate()
  const first = draft.pictures[0]?.id ?? null
  return (
    <>
      <Dialog open={part === 'options'} onClose={onClose} title={t('images.options')}>
        {options}
      </Dialog>
      <ModelsDialog
        open={part === 'models'}
        models={models}
        current={model?.id ?? null}
        operation={operationOf(draft)}
        onChoose={(chosen) => {
          rememberImageModel(chosen.id)
          onChange({ model: chosen.id, size: sizeUnder(chosen, draft.size) })
        }}
        onClose={onClose}
      />
      <MaskDialog
        open={part === 'mask' && first !== null}
        itemId={first ?? ''}
        onMask={(mask) => {
          onChange({ mask, task: 'edit' })
          onMasked()
        }}
        onClose={onClose}
      />
      <ExtendDialog
        open={part === 'extend' && first !== null}
        itemId={first ?? ''}
        extension={draft.extension}
        onExtension={(extension) => onChange({ extension })}
        onClose={onClose}
      />
    </>
  )
}
