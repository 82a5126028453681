import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { ImageModelInfo, ImageStyle } from '#shared/contracts/images'
import type { Job } from '#shared/contracts/jobs'
import type { LibraryItem } from '#shared/contracts/library'
import { toApiProblem } from '../../api/api-problem.ts'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { problemSentence } from '../../ui/problem-sentence.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toasts.ts'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { useKeyboardInset } from '../chat/use-keyboard-inset.ts'
import { getItem } from '../library/library-calls.ts'
import { CompareBar } from './compare/compare-bar.tsx'
import type { Compared } from './compare/compare-dialog.tsx'
import { ImageComposer } from './composer/image-composer.tsx'
import { useDrop } from './composer/use-drop.ts'
import { useUploads } from './composer/use-uploads.ts'
import { DraftDialogs } from './draft-dialogs.tsx'
import type { DraftPart } from './draft-dialogs.tsx'
import { GalleryView } from './gallery/gallery-view.tsx'
import type { JobActions } from './gallery/job-set.tsx'
import { imagesApi } from './images-calls.ts'
import { ModelButton } from './model-button.tsx'
import { OptionsPanel } from './options/options-panel.tsx'
import { sizeOf, square } from './state/aspect.ts'
import type { Draft, DraftPicture, Task } from './state/draft.ts'
import { asPicture, draftOfItem } from './state/item-facts.ts'
import { placesOf, shownPictures } from './state/job-groups.ts'
import { draftOf, readJobInput } from './state/job-input.ts'
import { modelFor, operationLack } from './state/lacks.ts'
import { distinctPrompts } from './state/prompt-history.ts'
import { sizeUnder } from './state/sizes.ts'
import { toJobInput } from './state/to-job-input.ts'
import { rememberedImageModel } from './state/model-memory.ts'
import { useArrival } from './use-arrival.ts'
import { useEstimate } from './use-estimate.ts'
import { useGallery } from './use-gallery.ts'
import { useImageDraft } from './use-image-draft.ts'
import { useItemActions } from './use-item-actions.ts'
import { useMaking } from './use-making.ts'

const ViewerDialog = lazyPart(() => import('./viewer/viewer-dialog.tsx'))
const CompareDialog = lazyPart(() => import('./compare/compare-dialog.tsx'))

type Part = DraftPart | 'compare'

export interface StudioProps {
  /** Null until they are known. */
  models: readonly ImageModelInfo[] | null
  styles: readonly ImageStyle[] | null
}

/** Everything about making pictures: what to make, how, and what came of it. */
export function Studio({ models, styles }: StudioProps) {
  const t = useTranslate()
  const locale = useLocale()
  const { draft, change } = useImageDraft()
  const [part, setPart] = useState<Part | null>(null)
  const [viewed, setViewed] = useState<string | null>(null)
  const [compared, setCompared] = useState<string[]>([])
  const [busyJobs, setBusyJobs] = useState<ReadonlySet<string>>(new Set())
  const [said, setSaid] = useState('')
  const area = useRef<HTMLTextAreaElement>(null)
  const scroll = useRef<HTMLDivElement>(null)
  useKeyboardInset()

  const model = useMemo(() => modelInUse(models, draft.model), [models, draft.model])
  useEffect(() => {
    if (!model) return
    const size = sizeUnder(model, draft.size)
    if (size !== draft.size && model.sizes.kind === 'list') change({ size })
  }, [model])
  const fail = (error: unknown) => toast({ tone: 'danger', text: problemSentence(locale, toApiProblem(error)) })

  const gallery = useGallery((job) => setSaid(endSentence(job)))
  const items = useItemActions(gallery)
  const making = useMaking((job) => {
    gallery.tell({ type: 'job', job })
    setSaid(t('images.announce-started'))
    scroll.current?.scrollTo(0, 0)
  })

  // What was refused was refused as it stood.
  useEffect(() => {
    if (making.problem) making.clear()
  }, [draft])

  const addPicture = (picture: DraftPicture) =>
    setPictures((now) => (now.some(({ id }) => id === picture.id) ? now : [...now, picture]))
  const latest = useRef({ draft, model, models, gallery })
  latest.current = { draft, model, models, gallery }
  const setPictures = (next: (now: DraftPicture[]) => DraftPicture[]) =>
    change({ pictures: next(latest.current.draft.pictures) })
  const uploads = useUploads((item) => addPicture(asPicture(item)))
  const isOver = useDrop({
    onFiles: uploads.add,
    onItem: (id) => void getItem(id).then((item) => addPicture(asPicture(item)), fail),
    onStrangers: () => toast({ tone: 'danger', text: t('images.drop-strangers') }),
  })

  const asking = toJobInput(draft, model, uploads.running)
  const estimating = useEstimate(asking.input)
  const prompts = useMemo(
    () =>
      distinctPrompts(
        gallery.state.jobs.map((job) => {
          const { prompt, original } = readJobInput(job)
          return original ?? prompt
        }),
      ),
    [gallery.state.jobs],
  )
  const make = () => {
    if (asking.input && asking.faults.length === 0 && !making.running) void making.start(asking.input)
  }
  const focusPrompt = () => requestAnimationFrame(() => area.current?.focus())

  /** Puts pictures to work, with a model that can do it. */
  const work = (pictures: DraftPicture[], task: Task) => {
    setViewed(null)
    const { models: all, model: now } = latest.current
    const able = now && !operationLack(now, task) ? now : modelFor(all ?? [], task)
    if (!able) toast({ tone: 'danger', text: t('images.no-model-can') })
    else if (able !== now) toast({ tone: 'info', text: t('images.switched-model', { model: able.name }) })
    change({ pictures, task, mask: null, prompt: '', original: null, ...(able && { model: able.id }) })
    focusPrompt()
  }
  const useAgain = (next: Draft) => {
    setViewed(null)
    const there = latest.current.models?.some(({ id }) => id === next.model)
    change({ ...next, ...(!there && { model: latest.current.draft.model }) })
    toast({ tone: 'info', text: t('images.used-again') })
    focusPrompt()
  }
  useArrival((way, item) => {
    if (way === 'again') useAgain(draftOfItem(item))
    else work([asPicture(item)], way === 'edit' ? 'edit' : 'variation')
  }, fail)

  const onJob = (job: Job, act: (id: string) => Promise<Job>) => {
    setBusyJobs((now) => new Set([...now, job.id]))
    act(job.id)
      .then((next) => gallery.tell({ type: 'job', job: next }), fail)
      .finally(() => setBusyJobs((now) => new Set([...now].filter((id) => id !== job.id))))
  }
  const actions = useMemo<JobActions>(
    () => ({
      open: setViewed,
      favourite: items.favourite,
      edit: (item) => work([asPicture(item)], 'edit'),
      vary: (item) => work([asPicture(item)], 'variation'),
      compare: (id) =>
        setCompared((now) => (now.includes(id) ? now.filter((other) => other !== id) : [...now.slice(-1), id])),
      cancel: (job) => onJob(job, imagesApi.cancel),
      retry: (job) => onJob(job, imagesApi.retry),
      again: (job) => useAgain(draftOf(job)),
      removeAll: (job) =>
        items.remove(placesOf(job, latest.current.gallery.state).flatMap(({ itemId }) => itemId ?? [])),
      chooseModel: () => setPart('models'),
    }),
    [],
  )
  const pictures = useMemo(() => shownPictures(gallery.state), [gallery.state])
  const comparable = useMemo<Compared[]>(
    () =>
      pictures.map(({ job, itemId }) => {
        const item = gallery.state.items.get(itemId)
        const title = item?.title || readJobInput(job).prompt || t('images.picture')
        return { id: itemId, title, ...(sizeOf(item) ?? square) }
      }),
    [pictures],
  )
  const viewerActions = {
    favourite: items.favourite,
    remove: (item: LibraryItem) => {
      setViewed(null)
      items.remove([item.id])
    },
    again: (item: LibraryItem) => useAgain(draftOfItem(item)),
    work: (item: LibraryItem, task: Task) => work([asPicture(item)], task),
    compare: (item: LibraryItem) => {
      const at = pictures.findIndex(({ itemId }) => itemId === item.id)
      const neighbour = pictures[at + 1] ?? pictures[at - 1]
      const parent = item.provenance?.parent_ids.find((id) => pictures.some(({ itemId }) => itemId === id))
      setCompared([parent ?? neighbour?.itemId ?? item.id, item.id])
      setPart('compare')
    },
  }
  const options =
    model && styles ? (
      <OptionsPanel draft={draft} model={model} styles={styles} onChange={change} />
    ) : (
      <Skeleton lines={10} />
    )
  const modelName = (id: string) => models?.find((each) => each.id === id)?.name ?? id
  return (
    <div class={isOver ? 'images is-over' : 'images'}>
      <aside class="images-side-panel" aria-label={t('images.options')}>
        {options}
      </aside>
      <section class="images-main" aria-label={t('images.title')}>
        <h1 class="visually-hidden">{t('images.title')}</h1>
        <ImageComposer
          draft={draft}
          model={model}
          asking={asking}
          estimating={estimating}
          uploads={uploads}
          prompts={prompts}
          areaRef={area}
          making={making.running}
          problem={making.problem}
          onChange={change}
          onMake={make}
          onMask={() => setPart('mask')}
          onExtend={() => setPart('extend')}
          onOptions={() => setPart('options')}
          onChooseModel={() => setPart('models')}
        >
          <ModelButton model={model} loaded={models !== null} onPress={() => setPart('models')} />
        </ImageComposer>
        <div ref={scroll} class="images-scroll" tabIndex={-1} role="region" aria-label={t('images.gallery')}>
          <GalleryView
            gallery={gallery}
            models={models ?? []}
            compared={compared}
            busyJobs={busyJobs}
            actions={actions}
            onExample={(prompt) => {
              change({ prompt, original: null })
              focusPrompt()
            }}
          />
        </div>
        {compared.length > 0 && part !== 'compare' && (
          <CompareBar ids={compared} onCompare={() => setPart('compare')} onClear={() => setCompared([])} />
        )}
        <p class="visually-hidden" role="status">
          {said}
        </p>
      </section>
      {isOver && <p class="images-drop">{t('images.drop-here')}</p>}
      <DraftDialogs
        part={part === 'compare' ? null : part}
        draft={draft}
        model={model}
        models={models ?? []}
        options={options}
        onChange={change}
        onMasked={focusPrompt}
        onClose={() => setPart(null)}
      />
      <ViewerDialog
        open={viewed !== null}
        ids={pictures.map(({ itemId }) => itemId)}
        id={viewed ?? ''}
        known={viewed === null ? null : (gallery.state.items.get(viewed) ?? null)}
        modelName={modelName}
        actions={viewerActions}
        onShow={setViewed}
        onClose={() => setViewed(null)}
      />
      <CompareDialog
        open={part === 'compare'}
        pictures={comparable}
        first={compared[0] ?? ''}
        second={compared[1] ?? ''}
        onChange={(pair) => setCompared([pair.first, pair.second])}
        onClose={() => {
          setPart(null)
          setCompared([])
        }}
      />
    </div>
  )

  function endSentence(job: Job): string {
    if (job.state === 'succeeded') return t('images.announce-done', { count: job.item_ids.length })
    if (job.state === 'cancelled') return t('images.announce-cancelled')
    return t('images.announce-failed', { reason: problemSentence(locale, { code: job.error?.code ?? 'job_expired' }) })
  }
}

/** The chosen one; else the last that was chosen on this device; else a real one before the sandbox. */
function modelInUse(models: readonly ImageModelInfo[] | null, chosen: string): ImageModelInfo | null {
  if (!models) return null
  const remembered = rememberedImageModel()
  return (
    models.find(({ id }) => id === chosen) ?? models.find(({ id }) => id === remembered) ?? modelFor(models, 'generate')
  )
}
