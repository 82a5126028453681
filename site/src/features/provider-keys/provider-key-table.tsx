import type { ProviderKey, ProviderKeyTest } from '#shared/contracts/vault'
import { toApiProblem } from '../../api/api-problem.ts'
import { useMemberNames } from '../../api/member-names.ts'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Menu } from '../../ui/menu.tsx'
import { problemSentence } from '../../ui/problem-sentence.ts'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { toast } from '../../ui/toasts.ts'
import { testProviderKey } from './provider-key-calls.ts'
import { vendorLabel } from './provider-key-dialog.tsx'
import type { Task } from './provider-keys.tsx'

interface ProviderKeyTableProps {
  keys: ProviderKey[]
  onTask: (task: Task) => void
}

export function ProviderKeyTable({ keys, onTask }: ProviderKeyTableProps) {
  const t = useTranslate()
  const names = useMemberNames(true)
  const columns: Column<ProviderKey>[] = [
    { name: 'vendor', heading: t('provider-keys.vendor'), title: true, cell: (key) => <Vendor providerKey={key} /> },
    { name: 'key', heading: t('provider-keys.key'), cell: ({ hint }) => <Hint hint={hint} /> },
    {
      name: 'added',
      heading: t('provider-keys.added'),
      cell: (key) => (
        <span class="provider-keys-name">
          <RelativeTime at={key.created_at} />
          {names.has(key.created_by) && (
            <span class="provider-keys-quiet">
              <bdi>{names.get(key.created_by)}</bdi>
            </span>
          )}
        </span>
      ),
    },
    {
      name: 'used',
      heading: t('provider-keys.last-used'),
      cell: ({ last_used_at: at }) => (at === null ? t('provider-keys.never') : <RelativeTime at={at} />),
    },
    {
      name: 'actions',
      heading: t('provider-keys.actions'),
      headingHidden: true,
      cell: (key) => <Actions providerKey={key} onTask={onTask} />,
    },
  ]
  return <DataTable caption={t('provider-keys.title')} columns={columns} rows={keys} idOf={({ id }) => id} />
}

function Vendor({ providerKey: { vendor, base_url: baseURL, models } }: { providerKey: ProviderKey }) {
  const t = useTranslate()
  return (
    <span class="provider-keys-name">
      <span>{vendorLabel(t, vendor)}</span>
      {baseURL && (
        <bdi dir="ltr" class="provider-keys-quiet">
          {baseURL}
        </bdi>
      )}
      {models && (
        <bdi dir="ltr" class="provider-keys-quiet">
          {models.map(({ id }) => `compatible/${id}`).join(', ')}
        </bdi>
      )}
    </span>
  )
}

const Hint = ({ hint }: { hint: string }) => (
  <code dir="ltr">
    ••••
    {hint}
  </code>
)

function Actions({ providerKey, onTask }: { providerKey: ProviderKey; onTask: (task: Task) => void }) {
  const t = useTranslate()
  const locale = useLocale()
  const vendor = vendorLabel(t, providerKey.vendor)
  const say = ({ ok, fault, models }: ProviderKeyTest) =>
    ok
      ? toast({ tone: 'success', text: t('provider-keys.test-ok', { vendor, count: models ?? 0 }) })
      : toast({ tone: 'danger', text: t(`provider-keys.test-${fault ?? 'unreachable'}`, { vendor }) })
  const test = useAction(async () => {
    try {
      say(await testProviderKey(providerKey.id))
    } catch (error) {
      toast({ tone: 'danger', text: problemSentence(locale, toApiProblem(error)) })
    }
  })
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        icon="check"
        busy={test.running}
        aria-label={t('provider-keys.test-named', { vendor })}
        onClick={() => void test.run()}
      >
        {t('provider-keys.test')}
      </Button>
      <Menu
        label={t('provider-keys.more-named', { vendor })}
        icon="more"
        iconOnly
        size="sm"
        items={[
          {
            label: t('provider-keys.replace'),
            icon: 'refresh',
            onSelect: () => onTask({ kind: 'save', replaced: providerKey }),
          },
          { separator: true },
          {
            label: t('provider-keys.delete'),
            icon: 'trash',
            danger: true,
            onSelect: () => onTask({ kind: 'delete', key: providerKey }),
          },
        ]}
      />
    </>
  )
}
