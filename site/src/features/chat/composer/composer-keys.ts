export type ComposerAction = 'send' | 'newline' | 'stop' | null

export interface ComposerKey {
  key: string
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  isComposing: boolean
  keyCode: number
}

/** Enter sends, Shift+Enter breaks the line. An input method that is still composing keeps its Enter and its Escape. */
export function composerAction(
  event: ComposerKey,
  { running, touch }: { running: boolean; touch: boolean },
): ComposerAction {
  // Safari ends the composition before it reports the key; 229 is what is left to tell by.
  if (event.isComposing || event.keyCode === 229) return null
  if (event.key === 'Escape') return running ? 'stop' : null
  if (event.key !== 'Enter' || event.altKey) return null
  if (event.ctrlKey || event.metaKey) return 'send'
  // On a phone's keyboard there is no Shift+Enter, and a button to send is beside it.
  return event.shiftKey || touch ? 'newline' : 'send'
}
