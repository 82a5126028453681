import type { UsageEntry } from '#shared/contracts/usage'
import type { Translate } from '../../i18n/translate.ts'
import { noteSentence } from './note-sentence.ts'

/** What an entry is about: the model of a charge, the reason of anything else. */
export const entryTitle = (entry: Pick<UsageEntry, 'kind' | 'model' | 'note'>, t: Translate): string =>
  entry.model ?? noteSentence(entry.note, t) ?? t(`usage.kind-${entry.kind}`)
