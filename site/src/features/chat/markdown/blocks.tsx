import type { Token, Tokens } from 'marked'
import { useContext } from 'preact/hooks'
import { CodeBlock } from './code-block.tsx'
import { Inline } from './inline.tsx'
import { useTranslate } from '../../../ui/locale-context.tsx'
import { memo } from '../../../ui/memo.ts'
import { proseOf } from './token-text.ts'
import { ListContext, ProseContext, useDirection } from './use-direction.ts'

interface BlockProps {
  token: Token
  /** It may still grow. */
  open: boolean
}

export const Block = memo(function Block({ token, open }: BlockProps) {
  switch (token.type) {
    case 'space':
    case 'def':
      return null
    case 'code':
      return <CodeBlock token={token as Tokens.Code} open={open} />
    case 'heading':
      return <Heading token={token as Tokens.Heading} />
    case 'list':
      return <List token={token as Tokens.List} open={open} />
    case 'table':
      return <Table token={token as Tokens.Table} />
    case 'blockquote':
      return <Quote token={token as Tokens.Blockquote} open={open} />
    case 'hr':
      return <hr />
    default:
      return <Paragraph token={token} />
  }
})

function Paragraph({ token }: { token: Token }) {
  const direction = useDirection(token.type === 'html' ? token.raw : proseOf(token))
  const { tokens } = token as Tokens.Paragraph
  return (
    <p dir={direction}>
      {tokens ? <Inline tokens={tokens} direction={direction} /> : <Inline tokens={[token]} direction={direction} />}
    </p>
  )
}

/** An answer's headings stand below that of the page. */
function Heading({ token }: { token: Tokens.Heading }) {
  const direction = useDirection(proseOf(token))
  const { topHeading } = useContext(ProseContext)
  const Level = `h${Math.min(6, Math.max(2, token.depth - topHeading + 2))}` as 'h2'
  return (
    <Level dir={direction} class={`chat-heading-${Math.min(token.depth, 4)}`}>
      <Inline tokens={token.tokens} direction={direction} />
    </Level>
  )
}

function Quote({ token, open }: { token: Tokens.Blockquote; open: boolean }) {
  const direction = useDirection(proseOf(token))
  return (
    <blockquote dir={direction}>
      <Blocks tokens={token.tokens} open={open} />
    </blockquote>
  )
}

/** A list has one side for its marks, also for those of lists within it; what stands beside a mark has its own order of words. */
function List({ token, open }: { token: Tokens.List; open: boolean }) {
  const outer = useContext(ListContext)
  const own = useDirection(proseOf(token))
  const direction = outer ?? own
  const items = token.items.map((item, index) => (
    <ListItem key={index} item={item} open={open && index === token.items.length - 1} />
  ))
  return (
    <ListContext.Provider value={direction}>
      {token.ordered ? (
        <ol dir={direction} start={token.start === '' ? undefined : token.start}>
          {items}
        </ol>
      ) : (
        <ul dir={direction}>{items}</ul>
      )}
    </ListContext.Provider>
  )
}

function ListItem({ item, open }: { item: Tokens.ListItem; open: boolean }) {
  return (
    <li class={item.task ? 'chat-task' : undefined}>
      {item.tokens.map((token, index) =>
        token.type === 'text' ? (
          <ItemText key={index} token={token} />
        ) : (
          <Block key={index} token={token} open={open && index === item.tokens.length - 1} />
        ),
      )}
    </li>
  )
}

function ItemText({ token }: { token: Token }) {
  const direction = useDirection(proseOf(token))
  return (
    <div dir={direction} class="chat-item">
      <Inline tokens={(token as Tokens.Text).tokens ?? [token]} direction={direction} />
    </div>
  )
}

function Table({ token }: { token: Tokens.Table }) {
  const t = useTranslate()
  const direction = useDirection(proseOf(token))
  return (
    <div class="chat-table" dir={direction} tabIndex={0} role="group" aria-label={t('chat.table')}>
      <table>
        <thead>
          <tr>
            {token.header.map((cell, index) => (
              <Cell key={index} cell={cell} header />
            ))}
          </tr>
        </thead>
        <tbody>
          {token.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <Cell key={column} cell={cell} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cell({ cell, header }: { cell: Tokens.TableCell; header?: boolean }) {
  const { forced } = useContext(ProseContext)
  const own = useDirection(cell.tokens.map(proseOf).join(''))
  const direction = forced ?? own
  const content = (
    <div dir={direction} class="chat-cell">
      <Inline tokens={cell.tokens} direction={direction} />
    </div>
  )
  const align = cell.align === 'center' ? 'chat-cell-center' : undefined
  return header ? (
    <th scope="col" class={align}>
      {content}
    </th>
  ) : (
    <td class={align}>{content}</td>
  )
}

/** Within a quote or a list, and at the top of a message. */
export function Blocks({ tokens, open }: { tokens: readonly Token[]; open: boolean }) {
  return (
    <>
      {tokens.map((token, index) => (
        <Block key={index} token={token} open={open && index === tokens.length - 1} />
      ))}
    </>
  )
}
