// Pictures of the library that are sent with a message: kept as names, looked at when a model is asked.
import type { ContextTurn, Owner } from '#shared/contracts/conversation-object'
import type { LibraryQuestions } from '#shared/contracts/library'
import type { CatalogModel } from '#shared/contracts/model'
import { invalidRequest } from '#shared/http/problems'
import { toBase64 } from '#shared/lib/bytes'
import type { ImagePart, TextPart } from '#shared/providers/spec/language-model'

type Library = Pick<LibraryQuestions, 'open'>

/** The newest of a conversation; older ones are named, and the model is told that it no longer sees them. */
const MOST_SHOWN = 16

/** Refused before anything is stored: every picture has to be one that its sender sees. */
export async function requireAttachments({
  attachments,
  owner,
  library,
}: {
  attachments: readonly string[]
  owner: Owner
  library: Library
}): Promise<void> {
  // The smallest of each will do to know that it is there.
  const found = await Promise.all(
    attachments.map((itemId) => library.open({ ...owner, itemId, rendition: 'thumbnail' })),
  )
  const at = found.indexOf(null)
  if (at !== -1) throw invalidRequest(`attachments.${at}: there is no such picture in your library.`, 'attachments')
}

/** What a model is given for each picture that a branch names. */
export type Pictures = ReadonlyMap<string, ImagePart | TextPart>

const said = (text: string): TextPart => ({ type: 'text', text: `[${text}]` })

async function partOf(itemId: string, sees: boolean, { owner, library }: { owner: Owner; library: Library }) {
  const item = await library.open({ ...owner, itemId, rendition: sees ? 'web' : 'thumbnail' })
  if (!item) return said('A picture was attached here that is no longer in the library.')
  if (!sees)
    return said(`A picture was attached here, titled “${item.title}”. You cannot see pictures; say so if it matters.`)
  const data = toBase64(item.bytes)
  return { type: 'image', source: { kind: 'base64', mediaType: item.facts.mediaType, data } } satisfies ImagePart
}

export async function picturesOf({
  turns,
  model,
  owner,
  library,
}: {
  turns: readonly ContextTurn[]
  model: CatalogModel
  owner: Owner
  library: Library
}): Promise<Pictures> {
  const named = [...new Set(turns.flatMap(({ attachments = [] }) => attachments))]
  const shown = named.slice(-MOST_SHOWN)
  const sees = model.abilities.includes('vision')
  const parts = await Promise.all(
    shown.map(async (itemId) => [itemId, await partOf(itemId, sees, { owner, library })] as const),
  )
  return new Map(parts)
}

/** In front of the words that they were sent with. */
export const partsOf = (turn: ContextTurn, pictures: Pictures): (ImagePart | TextPart)[] =>
  (turn.attachments ?? []).map((itemId) => pictures.get(itemId) ?? said('An earlier picture is left out here.'))
