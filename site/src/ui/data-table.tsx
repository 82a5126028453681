import type { ComponentChildren } from 'preact'
import { classNames } from './class-names.ts'
import './data-table.css'

export interface Column<R> {
  name: string
  heading: string
  /** The heading is read out but not shown, as above a column of buttons. */
  headingHidden?: boolean
  /** Amounts and counts stand at the end. */
  numeric?: boolean
  /** Names its row; on a phone it is the card's title. Exactly one column has it. */
  title?: boolean
  cell: (row: R) => ComponentChildren
}

export interface DataTableProps<R> {
  caption: string
  columns: readonly Column<R>[]
  rows: readonly R[]
  idOf: (row: R) => string
  /** A row that is kept for the record only. */
  isFaded?: (row: R) => boolean
}

/**
 * A table that becomes a list of cards on a phone. The roles are written out because a table that is shown as
 * blocks would otherwise no longer be read out as one.
 */
export function DataTable<R>({ caption, columns, rows, idOf, isFaded }: DataTableProps<R>) {
  return (
    <table class="data-table" role="table">
      <caption class="visually-hidden">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ name, heading, headingHidden, numeric }) => (
            <th key={name} role="columnheader" scope="col" class={classNames(numeric && 'is-numeric')}>
              <span class={headingHidden ? 'visually-hidden' : undefined}>{heading}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={idOf(row)} role="row" class={classNames(isFaded?.(row) && 'is-faded')}>
            {columns.map((column) => (
              <Cell key={column.name} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Cell<R>({ column, row }: { column: Column<R>; row: R }) {
  const content = (
    <>
      {!column.headingHidden && !column.title && (
        <span class="data-table-label" aria-hidden="true">
          {column.heading}
        </span>
      )}
      <div class="data-table-value">{column.cell(row)}</div>
    </>
  )
  const look = classNames(column.numeric && 'is-numeric', column.headingHidden && 'is-actions')
  return column.title ? (
    <th role="rowheader" scope="row" class={look}>
      {content}
    </th>
  ) : (
    <td role="cell" class={look}>
      {content}
    </td>
  )
}
