import { useEffect, useRef, useState } from 'preact/hooks'
import { account, loadAccount, may } from '../../api/account.ts'
import { listModels } from '../../api/models.ts'
import type { Model } from '../../api/models.ts'
import { useResource } from '../../api/use-resource.ts'
import { localized } from '../../i18n/paths.ts'
import { LinkButton } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { island, useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { AnswerPane } from './answer-pane.tsx'
import { CodePane } from './code-pane.tsx'
import type { Api, Draft } from './draft.ts'
import { Facts } from './facts.tsx'
import { modelFields } from './lacks.ts'
import { RawPane } from './raw-pane.tsx'
import { RequestForm } from './request-form.tsx'
import { toCall } from './to-call.ts'
import { useDraft } from './use-draft.ts'
import { useRun } from './use-run.ts'
import './playground.css'

function Playground() {
  const t = useTranslate()
  const locale = useLocale()
  useEffect(() => void loadAccount(), [])
  const known = account.value
  const models = useResource('models', listModels)
  const { draft, change } = useDraft()
  return (
    <div class="stack playground">
      <header class="page-head">
        <div>
          <h1>{t('playground.title')}</h1>
          <p>{t('playground.intro')}</p>
        </div>
        <LinkButton icon="docs" href={localized(locale, '/docs/quickstarts')}>
          {t('playground.quickstarts')}
        </LinkButton>
      </header>
      {known && !may('chat.use') ? (
        <Note>{t('playground.forbidden', { role: t(`role.${known.organization.role}`) })}</Note>
      ) : models.problem && !models.data ? (
        <ErrorState problem={models.problem} onRetry={models.reload} />
      ) : models.data && draft ? (
        <Workbench models={models.data} draft={draft} onChange={change} />
      ) : (
        <Skeleton lines={12} />
      )}
    </div>
  )
}

interface WorkbenchProps {
  models: Model[]
  draft: Draft
  onChange: (part: Partial<Draft>) => void
}

/** A model that can be called is better than the first in the list. */
function usualModel(models: readonly Model[], api: Api): string {
  const listed = models.filter(({ kind }) => kind === modelFields[api].kind)
  return (listed.find(({ price }) => price) ?? listed[0])?.id ?? ''
}

/** On a phone the answer stands below all parameters. */
function bringIntoView(element: HTMLElement | null): void {
  if (element && element.getBoundingClientRect().top > window.innerHeight / 2) element.scrollIntoView()
}

function Workbench({ models, draft: filled, onChange }: WorkbenchProps) {
  const t = useTranslate()
  const [tab, setTab] = useState<'answer' | 'code' | 'raw'>('answer')
  const [attempted, setAttempted] = useState(false)
  const result = useRef<HTMLElement>(null)
  const { run, costMicros, isRunning, start, stop } = useRun()
  const { field } = modelFields[filled.api]
  const draft = { ...filled, [field]: filled[field] || usualModel(models, filled.api) }
  const model = models.find(({ id }) => id === draft[field]) ?? null
  const { call, faults } = toCall(draft, model?.abilities ?? null)

  const send = (): boolean => {
    const isSound = Object.keys(faults).length === 0
    setAttempted(!isSound)
    if (isSound) {
      if (tab === 'code') setTab('answer')
      void start(call)
      bringIntoView(result.current)
    }
    return isSound
  }
  const goOn = (text: string) =>
    onChange({ turns: [...draft.turns, { role: 'assistant', text }, { role: 'user', text: '' }] })
  return (
    <div class="playground-bench">
      <RequestForm
        draft={draft}
        models={models}
        model={model}
        faults={attempted ? faults : {}}
        isRunning={isRunning}
        onChange={onChange}
        onSend={send}
        onStop={stop}
      />
      <section ref={result} class="card playground-result" aria-label={t('playground.result')}>
        <Tabs
          label={t('playground.result')}
          value={tab}
          onChange={setTab}
          tabs={[
            { value: 'answer', label: t('playground.answer') },
            { value: 'code', label: t('playground.code') },
            { value: 'raw', label: t('playground.raw') },
          ]}
        >
          {tab === 'answer' && (
            <div class="stack">
              <Facts run={run} costMicros={costMicros} />
              <AnswerPane run={run} onContinue={goOn} />
            </div>
          )}
          {tab === 'code' && <CodePane call={call} />}
          {tab === 'raw' && <RawPane call={call} run={run} />}
        </Tabs>
      </section>
    </div>
  )
}

export const PlaygroundIsland = island(Playground)
