import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { hasLimits } from './limit-form.ts'
import type { LimitRow } from './limit-rows.ts'
import { Rates, Spending } from './spending.tsx'

interface LimitTableProps {
  caption: string
  heading: string
  rows: LimitRow[]
  /** Null where the reader may only look. */
  onEdit: ((row: LimitRow) => void) | null
  onLift: (row: LimitRow) => void
}

export function LimitTable({ caption, heading, rows, onEdit, onLift }: LimitTableProps) {
  const t = useTranslate()
  return (
    <DataTable
      caption={caption}
      rows={rows}
      idOf={({ limits }) => limits.account}
      columns={[
        { name: 'name', heading, title: true, cell: (row) => <Name row={row} /> },
        { name: 'budget', heading: t('limits.budget'), cell: ({ limits }) => <Spending limits={limits} /> },
        { name: 'rates', heading: t('limits.rates'), cell: ({ limits }) => <Rates limits={limits} /> },
        {
          name: 'actions',
          heading: t('limits.actions'),
          headingHidden: true,
          cell: (row) => onEdit && <Actions row={row} onEdit={onEdit} onLift={onLift} />,
        },
      ]}
    />
  )
}

function Name({ row: { name, detail } }: { row: LimitRow }) {
  return (
    <span class="limits-name">
      <span>
        <bdi>{name}</bdi>
      </span>
      {detail && (
        <span class="limits-detail">
          <bdi>{detail}</bdi>
        </span>
      )}
    </span>
  )
}

interface ActionsProps {
  row: LimitRow
  onEdit: (row: LimitRow) => void
  onLift: (row: LimitRow) => void
}

function Actions({ row, onEdit, onLift }: ActionsProps) {
  const t = useTranslate()
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        icon="edit"
        aria-label={t('limits.edit-named', { name: row.name })}
        onClick={() => onEdit(row)}
      >
        {t('limits.edit')}
      </Button>
      {hasLimits(row.limits) && (
        <Button
          size="sm"
          variant="ghost"
          icon="trash"
          aria-label={t('limits.lift-named', { name: row.name })}
          onClick={() => onLift(row)}
        >
          {t('limits.lift')}
        </Button>
      )}
    </>
  )
}
