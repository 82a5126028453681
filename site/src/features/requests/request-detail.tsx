import { useState } from 'preact/hooks'
import type { ComponentChildren } from 'preact'
import type { RequestLogDetail } from '#shared/contracts/requests'
import { may } from '../../api/account.ts'
import { useAction } from '../../api/use-action.ts'
import { useResource } from '../../api/use-resource.ts'
import { formatNumber } from '../../i18n/format-number.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { localized } from '../../i18n/paths.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Money } from '../../ui/money.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { vendorName } from '../../ui/vendor-names.ts'
import { KeptTexts } from './kept-texts.tsx'
import { deleteRequest, getRequest } from './request-calls.ts'
import { Duration } from './request-table.tsx'
import { toneOf } from './request-words.ts'

interface RequestDetailProps {
  id: string | null
  memberNames: ReadonlyMap<string, string>
  keyNames: ReadonlyMap<string, string>
  onClose: () => void
  onDeleted: (id: string) => void
}

export function RequestDetail({ id, onClose, onDeleted, ...names }: RequestDetailProps) {
  const t = useTranslate()
  return (
    <Dialog open={id !== null} onClose={onClose} title={t('requests.detail-title')} size="lg">
      {id !== null && <Loaded id={id} onDeleted={onDeleted} {...names} />}
    </Dialog>
  )
}

type LoadedProps = Omit<RequestDetailProps, 'id' | 'onClose'> & { id: string }

function Loaded({ id, onDeleted, ...names }: LoadedProps) {
  const { data, problem, reload } = useResource(`request-${id}`, (signal) => getRequest(id, signal))
  if (problem) return <ErrorState problem={problem} onRetry={reload} compact />
  if (!data) return <Skeleton lines={8} />
  return (
    <div class="stack">
      <Facts request={data} {...names} />
      <KeptTexts request={data} />
      <Foot id={id} charged={data.cost_micros > 0} onDeleted={onDeleted} />
    </div>
  )
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div class="requests-fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

type FactsProps = Pick<RequestDetailProps, 'memberNames' | 'keyNames'> & { request: RequestLogDetail }

function Facts({ request, memberNames, keyNames }: FactsProps) {
  const t = useTranslate()
  const locale = useLocale()
  const { id, key_id: keyId, user_id: userId, model, provider, requested_model: asked, guardrails } = request
  return (
    <dl class="requests-facts">
      <Fact name={t('requests.id')}>
        <span class="cluster">
          <code class="requests-name">{id}</code>
          <CopyButton text={id} iconOnly />
        </span>
      </Fact>
      <Fact name={t('requests.when')}>{formatTime(locale, Date.parse(request.created_at))}</Fact>
      <Fact name={t('requests.member')}>
        <bdi>{userId === null ? t('ui.none') : (memberNames.get(userId) ?? userId)}</bdi>
      </Fact>
      <Fact name={t('requests.key')}>
        <bdi>{keyId === null ? t('requests.session') : (keyNames.get(keyId) ?? keyId)}</bdi>
      </Fact>
      <Fact name={t('requests.path')}>
        <bdi dir="ltr">{request.path}</bdi>
        {request.stream && <> · {t('requests.stream')}</>}
      </Fact>
      <Fact name={t('requests.asked')}>
        <bdi dir="ltr" class="requests-name">
          {asked}
        </bdi>
      </Fact>
      <Fact name={t('requests.served')}>
        {model === null ? (
          t('requests.nobody')
        ) : (
          <bdi dir="ltr" class="requests-name">
            {model}
            {provider !== null && ` · ${vendorName(provider)}`}
          </bdi>
        )}
      </Fact>
      <Outcome request={request} />
      {guardrails.length > 0 && (
        <Fact name={t('requests.guardrails')}>
          <ul class="requests-findings" role="list">
            {guardrails.map((finding) => (
              <li key={finding}>
                <code dir="ltr">{finding}</code>
              </li>
            ))}
          </ul>
        </Fact>
      )}
      <Fact name={t('requests.expires')}>{formatTime(locale, Date.parse(request.expires_at))}</Fact>
    </dl>
  )
}

function Outcome({ request }: { request: RequestLogDetail }) {
  const t = useTranslate()
  const locale = useLocale()
  const { status, code, ending, cache, replayed, attempts, first_byte_ms: firstByte, total_ms: total } = request
  return (
    <>
      <Fact name={t('requests.status')}>
        <span class="cluster">
          <Badge tone={toneOf(request)}>{status}</Badge>
          {code !== null && <code dir="ltr">{code}</code>}
          {ending !== null && <span>{t(`requests.ending-${ending}`)}</span>}
        </span>
      </Fact>
      <Fact name={t('requests.attempts')}>{formatNumber(locale, attempts)}</Fact>
      {cache !== null && <Fact name={t('requests.cache')}>{t(`requests.cache-${cache}`)}</Fact>}
      {replayed && <Fact name={t('requests.repeated')}>{t('requests.replayed')}</Fact>}
      <Fact name={t('requests.first-byte')}>{firstByte === null ? t('ui.none') : <Duration ms={firstByte} />}</Fact>
      <Fact name={t('requests.duration')}>
        <Duration ms={total} />
      </Fact>
      <Fact name={t('requests.tokens')}>
        {Object.keys(request.usage).length === 0 ? (
          t('ui.none')
        ) : (
          <ul class="requests-findings" role="list">
            {Object.entries(request.usage).map(([unit, count]) => (
              <li key={unit}>
                <code dir="ltr">{unit}</code> {formatNumber(locale, count)}
              </li>
            ))}
          </ul>
        )}
      </Fact>
      <Fact name={t('requests.cost')}>
        <Money micros={request.cost_micros} />
        {request.estimated && <> ({t('requests.estimated')})</>}
      </Fact>
    </>
  )
}

function Foot({ id, charged, onDeleted }: { id: string; charged: boolean; onDeleted: (id: string) => void }) {
  const t = useTranslate()
  const locale = useLocale()
  const [asking, setAsking] = useState(false)
  const remove = useAction(async () => {
    await deleteRequest(id)
    onDeleted(id)
  })
  return (
    <div class="dialog-foot">
      {charged && (
        <a class="button" href={`${localized(locale, '/usage')}?request_id=${encodeURIComponent(id)}`}>
          {t('requests.charge')}
        </a>
      )}
      {may('requests.delete') && (
        <Button variant="danger" icon="trash" onClick={() => setAsking(true)}>
          {t('requests.delete')}
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => void remove.run()}
        title={t('requests.delete-title')}
        description={t('requests.delete-text')}
        confirmLabel={t('requests.delete')}
        danger
        busy={remove.running}
        problem={remove.problem}
      />
    </div>
  )
}
