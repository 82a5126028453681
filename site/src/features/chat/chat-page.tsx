import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Conversation, ConversationMessage } from '#shared/contracts/conversation'
import { account, leaveForSignIn, may } from '../../api/account.ts'
import { announceSpent } from '../../api/balance.ts'
import { listLanguageModels } from '../../api/models.ts'
import { useResource } from '../../api/use-resource.ts'
import { Button } from '../../ui/button.tsx'
import { island, useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { problemSentence } from '../../ui/problem-sentence.ts'
import { toast } from '../../ui/toasts.ts'
import { useAlive } from '../../ui/use-alive.ts'
import './chat.css'
import { AttachmentStrip } from './attachments/attachment-strip.tsx'
import { useAttached } from './attachments/use-attached.ts'
import { chatApi } from './chat-api.ts'
import { ChatHeader } from './chat-header.tsx'
import { Composer } from './composer/composer.tsx'
import { keepDraft, readDraft } from './composer/drafts.ts'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { ConversationList, listId } from './list/conversation-list.tsx'
import { useConversationList } from './list/use-conversation-list.ts'
import { useDeletion } from './list/use-deletion.ts'
import { ModelButton } from './models/model-button.tsx'
import { callable, modelInUse, modelSees } from './models/model-facts.ts'
import { rememberedModel, rememberModel } from './models/model-memory.ts'
import { EmptyChat } from './start/empty-chat.tsx'
import { runningAnswer } from './state/conversation-session.ts'
import type { StartedConversation } from './state/conversation-session.ts'
import type { PendingMessage } from './state/pending-message.ts'
import { ThreadPane } from './thread-pane.tsx'
import type { ThreadActions } from './thread/thread-context.ts'
import { useThreadScroll } from './thread/use-thread-scroll.ts'
import { useAnnouncer } from './use-announcer.ts'
import { useChatAddress } from './use-chat-address.ts'
import { useContinuation } from './use-continuation.ts'
import { useConversation } from './use-conversation.ts'
import { useKeyboardInset } from './use-keyboard-inset.ts'
import { useNewConversation } from './use-new-conversation.ts'
import { useShortcuts } from './use-shortcuts.ts'

const ModelDialog = lazyPart(() => import('./models/model-dialog.tsx'))
const AttachDialog = lazyPart(() => import('./attachments/attach-dialog.tsx'))
const DetailsDialog = lazyPart(() => import('./thread/details-dialog.tsx'))

/** What the dialog of models is open for. */
type ModelChoice = { for: 'conversation' } | { for: 'answer'; message: ConversationMessage }

const none: readonly ConversationMessage[] = []

function ChatPage() {
  const t = useTranslate()
  const locale = useLocale()
  const address = useChatAddress()
  const list = useConversationList()
  const catalogue = useResource('models', listLanguageModels)
  const models = useMemo(() => callable(catalogue.data ?? []), [catalogue.data])

  const [started, setStarted] = useState<StartedConversation | null>(null)
  const [ownModel, setOwnModel] = useState<string | null>(null)
  const [choice, setChoice] = useState<ModelChoice | null>(null)
  const [details, setDetails] = useState<ConversationMessage | null>(null)
  const [attaching, setAttaching] = useState(false)
  const attached = useAttached()
  // The same in the page as it was sent and when it wakes; who is asking may be known earlier than either.
  const mayAttach = !useAlive() || account.value === null || may('library.use')
  const [suggestion, setSuggestion] = useState<{ text: string } | null>(null)
  const area = useRef<HTMLTextAreaElement>(null)
  const search = useRef<HTMLInputElement>(null)
  useEffect(() => setOwnModel(rememberedModel()), [])
  useKeyboardInset()

  const ended = useRef<(answer: ConversationMessage) => void>(() => {})
  const open = useConversation({
    id: address.id,
    started,
    onAnswerEnded: useCallback((answer) => ended.current(answer), []),
  })
  const state = open?.view.state ?? null
  const running = state ? runningAnswer(state) : null
  useEffect(() => {
    if (started && started.conversation.id !== address.id) setStarted(null)
  }, [address.id])
  const announcer = useAnnouncer(running?.id ?? null)
  ended.current = (answer) => {
    announceSpent()
    announcer.announceEnd(answer)
  }
  const conversation = state?.conversation ?? list.state.rows.find((row) => row.id === address.id) ?? null
  const model = modelInUse({ chosen: conversation?.model ?? null, remembered: ownModel, models })
  const scroll = useThreadScroll({ firstId: state?.messages[0]?.id ?? null, conversationId: address.id })

  useEffect(() => {
    if (open?.view.problem?.status === 401) leaveForSignIn()
  }, [open?.view.problem])
  useEffect(() => {
    if (state?.conversation) list.note(state.conversation)
  }, [state?.conversation])
  useEffect(() => {
    document.title = `${conversation?.title || t('chat.title')} · ${t('app.name')}`
  }, [conversation?.title])

  const focusField = () => {
    // On a phone the keyboard would cover what was just opened.
    if (matchMedia('(pointer: fine)').matches) requestAnimationFrame(() => area.current?.focus())
  }
  const closeDrawer = () => {
    const drawer = document.getElementById(listId)
    if (drawer?.matches(':popover-open')) drawer.hidePopover()
  }
  const openConversation = useCallback(
    (id: string | null) => {
      address.open(id)
      closeDrawer()
      focusField()
    },
    [address.open],
  )

  const beginning = useNewConversation((begun) => {
    setStarted(begun)
    list.note({ ...begun.conversation, running: true })
    // Whoever went elsewhere meanwhile is not pulled back.
    if (latestId.current === null) address.open(begun.conversation.id, 'replace')
  })
  const latestId = useRef(address.id)
  latestId.current = address.id

  const session = open?.session ?? null
  const send = (text: string, parentId?: string | null, attachments: readonly string[] = []) => {
    const pending: PendingMessage = {
      key: crypto.randomUUID(),
      content: text,
      model,
      failure: null,
      arrivedAs: null,
      ...(attachments.length > 0 && { attachments }),
      ...(parentId !== undefined && { parentId }),
    }
    scroll.toEnd()
    // Until the platform has it, a reload must not lose it.
    if (parentId === undefined) keepDraft(address.id, text)
    return resend(pending)
  }
  const resend = async (pending: PendingMessage) => {
    // Another model is another request; the same one again must not be charged twice.
    const asked = pending.failure && pending.model !== model ? { ...pending, model, key: crypto.randomUUID() } : pending
    const sent = session ? await session.send(asked) : await beginning.begin(asked)
    if (sent && pending.attachments && pending.parentId === undefined) attached.arrived()
    if (sent && readDraft(address.id) === pending.content) keepDraft(address.id, '')
  }
  const latest = useRef({ session, send, attached })
  latest.current = { session, send, attached }
  const actions = useMemo<ThreadActions>(
    () => ({
      regenerate: (message) => void latest.current.session?.regenerate(message.id),
      regenerateWith: (message) => setChoice({ for: 'answer', message }),
      edit: async (message, content) => (await latest.current.session?.edit(message.id, content)) ?? false,
      askAgain: (message, content) => void latest.current.send(content, message.parent_id, message.attachments),
      showVersion: (id) => void latest.current.session?.showBranch(id),
      showDetails: setDetails,
      chooseModel: () => setChoice({ for: 'conversation' }),
    }),
    [],
  )

  const settled = address.id === null || state?.loaded === true
  useContinuation({
    id: address.id,
    messages: model !== null && settled ? (state?.messages ?? none) : null,
    onSend: (text) => {
      setSuggestion({ text: '' })
      void latest.current.send(text, undefined, latest.current.attached.take())
    },
    onRegenerate: actions.regenerate,
  })

  const choose = (id: string) => {
    if (choice?.for === 'answer') return void session?.regenerate(choice.message.id, id)
    setOwnModel(id)
    rememberModel(id)
    if (!address.id || !session) return
    chatApi.update(address.id, { model: id }).then(session.conversationChanged, () => undefined)
  }

  const deletion = useDeletion(list, (code) => toast({ tone: 'danger', text: problemSentence(locale, { code }) }))
  const leftFor = useRef<string | null>(null)
  const removeConversation = (row: Conversation) => {
    deletion.remove(row)
    leftFor.current = row.id === address.id ? row.id : null
    if (leftFor.current) address.open(null)
  }
  const findConversations = () => {
    const drawer = document.getElementById(listId)
    if (drawer && getComputedStyle(drawer).display === 'none') drawer.showPopover()
    search.current?.focus()
  }
  const stop = () => void session?.stop()
  useShortcuts({ onSearch: findConversations, onNew: () => openConversation(null), onStop: running ? stop : null })

  const takeBack = (pending: PendingMessage) => {
    if (session) session.dismissPending(pending.key)
    else beginning.dismiss()
    setSuggestion({ text: pending.content })
    if (pending.attachments && pending.parentId === undefined) attached.set(pending.attachments)
  }
  const waiting = open ? open.view.state.pending : beginning.pending
  const usable = !open || (open.view.state.loaded && !open.view.state.deleted)
  return (
    <div class="chat">
      <ConversationList
        list={list}
        deletion={deletion}
        openId={address.id}
        searchRef={search}
        onOpen={openConversation}
        onNew={() => openConversation(null)}
        onDelete={removeConversation}
        onUndo={(row) => {
          deletion.undo()
          if (leftFor.current === row.id) address.open(row.id)
        }}
      />
      <section class="chat-main" aria-label={conversation?.title || t('chat.title')}>
        <ChatHeader title={address.id ? (conversation?.title ?? '') : null} onNew={() => openConversation(null)} />
        <ThreadPane
          open={open}
          beginning={beginning.pending}
          models={models}
          actions={actions}
          scroll={scroll}
          onRetry={(pending) => void resend(pending)}
          onTakeBack={takeBack}
          onNew={() => openConversation(null)}
          empty={
            !address.id || state?.loaded ? (
              <EmptyChat models={models} onExample={(text) => setSuggestion({ text })} />
            ) : (
              <div class="chat-scroll" />
            )
          }
        />
        <div class="chat-foot">
          {scroll.away && (
            <Button class="chat-jump" iconOnly icon="arrow-down" onClick={scroll.toEnd}>
              {t('chat.jump-newest')}
            </Button>
          )}
          {usable && (
            <Composer
              conversationId={address.id}
              running={running !== null}
              stopping={open?.view.stopping ?? false}
              sending={waiting !== null && waiting.failure === null}
              hasModel={model !== null}
              areaRef={area}
              onSend={(text) => void send(text, undefined, attached.take())}
              onStop={stop}
              suggestion={suggestion}
              attached={
                <AttachmentStrip
                  ids={attached.ids}
                  sees={modelSees(models, model)}
                  onRemove={(id) => attached.set(attached.ids.filter((each) => each !== id))}
                />
              }
            >
              {mayAttach && (
                <Button size="sm" variant="ghost" iconOnly icon="images" onClick={() => setAttaching(true)}>
                  {t('chat.attach')}
                </Button>
              )}
              <ModelButton models={models} current={model} onPress={() => setChoice({ for: 'conversation' })} />
            </Composer>
          )}
        </div>
        <div class="visually-hidden" role="status">
          {announcer.sentence}
        </div>
      </section>
      <ModelDialog
        open={choice !== null}
        title={t(choice?.for === 'answer' ? 'chat.model-regenerate' : 'chat.model-choose')}
        models={models}
        current={choice?.for === 'answer' ? choice.message.model : model}
        onChoose={choose}
        onClose={() => setChoice(null)}
      />
      <AttachDialog open={attaching} ids={attached.ids} onClose={() => setAttaching(false)} onAttach={attached.set} />
      <DetailsDialog open={details !== null} message={details} models={models} onClose={() => setDetails(null)} />
    </div>
  )
}

export const ChatIsland = island(ChatPage)
