import { useState } from 'preact/hooks'
import { useAction } from '../../api/use-action.ts'
import { useResource } from '../../api/use-resource.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Money } from '../../ui/money.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toasts.ts'
import { localText } from '../billing/local-text.ts'
import { archivePack, listSold, type AdminPack } from './operate-calls.ts'
import { PackDialog } from './pack-dialog.tsx'
import { PriceList } from './price-list.tsx'

export function Packs() {
  const t = useTranslate()
  const locale = useLocale()
  const { data, problem, reload, replace } = useResource('operate-packs', listSold)
  const [edited, setEdited] = useState<AdminPack | 'new' | null>(null)
  const changed = (pack: AdminPack) =>
    replace((sold) => ({
      ...sold,
      credit_packs: sold.credit_packs.some(({ id }) => id === pack.id)
        ? sold.credit_packs.map((each) => (each.id === pack.id ? pack : each))
        : [...sold.credit_packs, pack],
    }))
  const archive = useAction(async (pack: AdminPack) => {
    changed(await archivePack(pack.id, !pack.archived))
    toast({
      text: t(pack.archived ? 'operate.restored' : 'operate.archived-done', {
        name: localText(pack.body.name, locale),
      }),
    })
  })
  return (
    <section class="card stack" aria-labelledby="operate-packs">
      <div class="spread">
        <h2 id="operate-packs">{t('operate.tab-packs')}</h2>
        <Button variant="primary" icon="plus" onClick={() => setEdited('new')}>
          {t('operate.new-pack')}
        </Button>
      </div>
      <p class="muted small">{t('operate.packs-text')}</p>
      {archive.problem && <ProblemNote problem={archive.problem} />}
      {!data && (problem ? <ErrorState problem={problem} onRetry={reload} compact /> : <Skeleton lines={5} />)}
      {data?.credit_packs.length === 0 && <EmptyState compact icon="prices" title={t('operate.no-packs')} />}
      {data && data.credit_packs.length > 0 && (
        <PackTable packs={data.credit_packs} onEdit={setEdited} onArchive={(pack) => void archive.run(pack)} />
      )}
      {edited && (
        <PackDialog
          pack={edited === 'new' ? null : edited}
          packs={data?.credit_packs ?? []}
          onClose={() => setEdited(null)}
          onSaved={(pack) => {
            changed(pack)
            setEdited(null)
          }}
          onStale={reload}
        />
      )}
    </section>
  )
}

interface PackTableProps {
  packs: AdminPack[]
  onEdit: (pack: AdminPack) => void
  onArchive: (pack: AdminPack) => void
}

function PackTable({ packs, onEdit, onArchive }: PackTableProps) {
  const t = useTranslate()
  const locale = useLocale()
  return (
    <DataTable
      caption={t('operate.tab-packs')}
      rows={packs}
      idOf={({ id }) => id}
      isFaded={({ archived }) => archived}
      columns={[
        {
          name: 'name',
          heading: t('operate.pack'),
          title: true,
          cell: ({ id, body, archived, available, version }) => (
            <span class="operate-name">
              <span class="cluster">
                <bdi>{localText(body.name, locale)}</bdi>
                {archived && <Badge>{t('operate.archived')}</Badge>}
                {!archived && !available && <Badge tone="warning">{t('operate.not-available')}</Badge>}
              </span>
              <span class="operate-quiet">
                <code dir="ltr">{id}</code> · {t('operate.version-number', { version })}
              </span>
            </span>
          ),
        },
        {
          name: 'credit',
          heading: t('operate.credit'),
          numeric: true,
          cell: ({ body }) => <Money micros={body.credit_micros} />,
        },
        { name: 'prices', heading: t('operate.prices'), cell: ({ body }) => <PriceList prices={body.prices} /> },
        {
          name: 'expires',
          heading: t('operate.expires'),
          cell: ({ body }) =>
            body.expires_after_days === null
              ? t('operate.never')
              : t('operate.days', { count: body.expires_after_days }),
        },
        {
          name: 'actions',
          heading: t('admin.actions'),
          headingHidden: true,
          cell: (pack) => {
            const name = localText(pack.body.name, locale)
            return (
              <>
                <Button
                  size="sm"
                  icon="edit"
                  aria-label={t('operate.named', { action: t('operate.edit'), name: name })}
                  onClick={() => onEdit(pack)}
                >
                  {t('operate.edit')}
                </Button>
                <Button
                  size="sm"
                  variant="ghost"
                  aria-label={t('operate.named', {
                    action: t(pack.archived ? 'operate.restore' : 'operate.archive'),
                    name: name,
                  })}
                  onClick={() => onArchive(pack)}
                >
                  {t(pack.archived ? 'operate.restore' : 'operate.archive')}
                </Button>
              </>
            )
          },
        },
      ]}
    />
  )
}
