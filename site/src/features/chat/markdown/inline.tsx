import type { Token, Tokens } from 'marked'
import type { ComponentChildren } from 'preact'
import type { Direction } from '../direction/block-direction.ts'
import { isolateRuns } from '../direction/isolate-runs.ts'
import { decodeEntities } from './decode-entities.ts'
import { isForeign, safeLink } from './safe-link.ts'

interface InlineProps {
  tokens: readonly Token[] | undefined
  direction: Direction
}

/** Tokens become elements one by one; nothing that a model wrote is ever read as HTML. */
export function Inline({ tokens, direction }: InlineProps) {
  return <>{tokens?.map((token) => inlineElement(token, direction))}</>
}

function inlineElement(token: Token, direction: Direction): ComponentChildren {
  const inner = () => <Inline tokens={(token as Tokens.Strong).tokens} direction={direction} />
  switch (token.type) {
    case 'strong':
      return <strong>{inner()}</strong>
    case 'em':
      return <em>{inner()}</em>
    case 'del':
      return <del>{inner()}</del>
    case 'codespan':
      return <code dir="ltr">{(token as Tokens.Codespan).text}</code>
    case 'br':
      return <br />
    case 'link':
      return <Link token={token as Tokens.Link} direction={direction} />
    case 'image':
      return <ImageLink token={token as Tokens.Image} />
    case 'checkbox':
      return <input type="checkbox" checked={(token as { checked?: boolean }).checked} disabled />
    case 'html':
      return /^<br\s*\/?>$/i.test(token.raw) ? <br /> : token.raw
    case 'text': {
      const text = token as Tokens.Text
      return text.tokens ? inner() : proseElement(text.text, direction)
    }
    default:
      return 'text' in token && typeof token.text === 'string' ? decodeEntities(token.text) : token.raw
  }
}

export function proseElement(text: string, direction: Direction): ComponentChildren {
  const decoded = decodeEntities(text)
  if (direction === 'ltr') return decoded
  return isolateRuns(decoded).map((run) => (run.isolated ? <bdi dir="ltr">{run.text}</bdi> : run.text))
}

function Link({ token, direction }: { token: Tokens.Link; direction: Direction }) {
  const href = safeLink(decodeEntities(token.href))
  const isAddress = token.text === token.href || token.href === `mailto:${token.text}`
  const inner = isAddress ? (
    <bdi dir="ltr">{decodeEntities(token.text)}</bdi>
  ) : (
    <Inline tokens={token.tokens} direction={direction} />
  )
  if (!href) return <>{inner}</>
  const title = token.title ? decodeEntities(token.title) : undefined
  return (
    <a href={href} title={title} {...(isForeign(href) && { target: '_blank', rel: 'noopener noreferrer nofollow' })}>
      {inner}
    </a>
  )
}

/** A picture from a stranger's server would tell them who reads it: it is offered as a link. */
function ImageLink({ token }: { token: Tokens.Image }) {
  const href = safeLink(token.href)
  const name = decodeEntities(token.text) || token.href
  if (!href) return <>{name}</>
  return (
    <a class="chat-image-link" href={href} target="_blank" rel="noopener noreferrer nofollow">
      {name}
    </a>
  )
}
