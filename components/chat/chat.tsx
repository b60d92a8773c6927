"use client"

import { Paperclip } from "lucide-react"
import { useTranslations } from "next-intl"
import { type ComponentType, Suspense, useCallback, useMemo, useRef } from "react"
import { useStoreSelector } from "@/components/base/store"
import { BranchesButton, BranchesHost } from "@/components/branches/branches-host"
import { Announcer } from "@/components/chat/announcer"
import { ChatComposer } from "@/components/chat/chat-composer"
import { ChatHeader } from "@/components/chat/chat-header"
import { ChatSettingsButton } from "@/components/chat/chat-settings-button"
import { Greeting } from "@/components/chat/greeting"
import type { InitialNotice } from "@/components/chat/greeting-notice"
import { MessageLog } from "@/components/chat/message-log"
import type { RegenerateContextValue } from "@/components/chat/message-tools/again-context"
import { MessageContexts } from "@/components/chat/message-tools/message-contexts"
import { MessageDialogs } from "@/components/chat/message-tools/message-dialogs"
import { useMessageTools } from "@/components/chat/message-tools/use-message-tools"
import { createSendActions } from "@/components/chat/sending"
import { TemporaryGreeting } from "@/components/chat/temporary"
import { useBranchPlace } from "@/components/chat/use-branch-place"
import { type ChatPage, useChatPage } from "@/components/chat/use-chat-page"
import type { Conversation } from "@/components/chat/use-conversation"
import {
  useJumpToMessage,
  useLinkedMessage,
  usePageKeys,
  useQuestionKeys,
  useScrollAnchor,
  useStopKey,
} from "@/components/chat/use-places"
import { useMergeModels } from "@/components/compare/use-mergers"
import { useDrop } from "@/components/composer/use-drop"
import { useListedConversation } from "@/components/conversations/store"
import { DocumentHost } from "@/components/documents/document-host"
import { useReferencedDocument } from "@/components/documents/referenced-document"
import { isPendingAttachment } from "@/components/draft/attachment"
import type { Draft, DraftStore } from "@/components/draft/draft"
import { PagesContext } from "@/components/message/markdown/text/pages"
import type { MessageListProps } from "@/components/message/message-list"
import { withFocusMoved } from "@/components/message/parts/going-on"
import {
  type MessageContextValue,
  type MessageTools,
  useMessageContext,
} from "@/components/message/parts/message-context"
import { useKnownModels } from "@/components/models/known-models"
import { useModelName } from "@/components/models/model-name"
import { useModels } from "@/components/models/use-models"
import { PrintHead } from "@/components/print/print-head"
import { usePrint } from "@/components/print/printing"
import { PromptsHost } from "@/components/prompts/prompts-host"
import { type Follow, useFollow } from "@/components/scroll/use-follow"
import { appendToDraft, insertQuote } from "@/components/selection/quote-into"
import { SelectionTools } from "@/components/selection/selection-tools"
import { lazyOptional } from "@/components/ui/lazy-part"
import { toast } from "@/components/ui/toast"
import type { Uploads } from "@/components/uploads/uploads"
import { useUploads } from "@/components/uploads/use-uploads"
import type { ConversationView } from "@/lib/chat/conversation.types"
import type { ImageInfo } from "@/lib/images/types"
import type { ModelsResponse } from "@/lib/models/model.types"
import type { Preset } from "@/lib/presets/types"

const LeaveQuestion = lazyOptional(() => import("@/components/chat/leave-question"))

export interface ChatProps {
  /** CSP nonce for this page's scripts. */
  nonce?: string
  id: string
  /** Null for a new conversation. */
  view: ConversationView | null
  /** Renders its messages. */
  List: ComponentType<MessageListProps>
  models: ModelsResponse
  /** Which service answers, for the notice on an empty page. */
  notice?: InitialNotice | null
  /** The conversation leaves nothing behind. */
  temporary?: boolean
  /** The preset for a new conversation. */
  preset?: Preset | null
  /** The folder for a new conversation. */
  folderId?: string | null
  /** The initial tools of a new conversation, instead of the preset's. */
  folderTools?: string[]
}

/** A conversation: its header, messages and composer. */
export function Chat(props: ChatProps) {
  const { nonce, id, view, List, notice = null, temporary = false, preset = null, folderId = null, folderTools } = props
  const models = useKnownModels(useModels(props.models, view?.conversation.model ?? null))
  const page = useChatPage({ id, view, models, temporary, preset, folderId, folderTools })
  const { conversation, draft, model, chooseModel, compared, compare, restoring, settings } = page
  const { messages, busy } = conversation
  const uploads = useUploads(draft, models.messageChars)
  const follow = useFollow(messages.length > 0)
  const mergers = useMergeModels(model, conversation.compared, models)
  const files = useRef<HTMLInputElement>(null)
  const dropping = useDrop(uploads.add)
  const sending = createSendActions({ page, follow, files })
  usePlaces(follow.scroller, conversation)
  const jump = useJumpToMessage(follow.scroller, conversation.session)
  const { tools, asking, answered } = useMessageTools({ id, temporary, session: conversation.session })
  const context = useContextValue({ id, temporary, models, conversation, follow, tools, uploads, draft })
  const again = useAgainValue({ models, model, conversation, tools })
  const empty = messages.length === 0 && !restoring

  return (
    <MessageContexts {...{ context, again }}>
      <Announcer messages={messages} compared={conversation.compared} busy={busy} />
      <ChatHeader
        id={id}
        title={view?.conversation.title ?? null}
        models={models}
        model={model}
        onModel={chooseModel}
        compared={compared}
        onCompare={compare}
        empty={messages.length === 0}
        temporary={temporary}
        settings={
          <>
            <ChatSettingsButton id={id} page={page} models={models} folderId={folderId} />
            {hasBranches(conversation) && <BranchesButton />}
          </>
        }
        folderId={folderId}
      />
      <PromptsHost />
      <BranchesHost conversationId={id} empty={messages.length === 0} onJump={jump} />
      <AskBeforeLeaving {...{ page, temporary }} />
      <Print id={id} title={view?.conversation.title ?? null} conversation={conversation} />
      <PagesContext value={useReferencedDocument(messages)}>
        <MessageLog {...{ conversation, mergers, follow, nonce, List }} atEnd={view !== null}>
          {empty &&
            (temporary ? <TemporaryGreeting /> : <Greeting {...{ models, notice }} onExample={sending.tryExample} />)}
        </MessageLog>
      </PagesContext>
      <DocumentHost of={id} onQuote={(text) => insertQuote(draft, text)} />
      <SelectionTools scroller={follow.scroller} {...{ draft, busy }} session={conversation.session} />
      <ChatComposer {...{ id, page, models, uploads, files, sending }} />
      {dropping && <DropOverlay />}
      <MessageDialogs {...{ messages, settings, asking, again }} conversationId={id} onClose={answered} />
    </MessageContexts>
  )
}

interface ContextOptions {
  id: string
  temporary: boolean
  models: ModelsResponse
  conversation: Conversation
  follow: Follow
  tools: MessageTools
  uploads: Uploads
  draft: DraftStore
}

/** The message context of this page. */
function useContextValue(options: ContextOptions): MessageContextValue {
  const { id, temporary, models, conversation, follow, tools, uploads, draft } = options
  const { session, messages, busy } = conversation
  const modelName = useModelName(models.models)
  const selectSibling = useBranchPlace(follow.scroller, session, messages, follow.stay)
  return useMemo(() => {
    return {
      handlers: { ...withFocusMoved(session.handlers), selectSibling },
      tools,
      conversationId: id,
      linkTo: temporary ? null : (messageId: string) => new URL(`/c/${id}?message=${messageId}`, location.href).href,
      attach: (image: ImageInfo) => void uploads.addImage(image),
      suggest: (text: string) => appendToDraft(draft, text),
      busy,
      modelName,
    }
  }, [id, temporary, modelName, session, busy, selectSibling, tools, uploads, draft])
}

interface AgainOptions {
  models: ModelsResponse
  model: string
  conversation: Conversation
  tools: MessageTools
}

/** The context for choosing a model to regenerate with. */
function useAgainValue({ models, model, conversation: { session }, tools }: AgainOptions): RegenerateContextValue {
  return useMemo(
    () => ({
      models,
      model,
      messages: () => session.snapshot().messages,
      regenerate: withFocusMoved(session.handlers).regenerate,
      chooseOther: tools.tryOther,
    }),
    [models, model, session, tools],
  )
}

/** Some loaded messages have versions, or earlier ones may. */
const hasBranches = ({ siblings, earlier }: Conversation) => earlier > 0 || Object.keys(siblings).length > 0

/** Asks before leaving a page that would lose data: a temporary conversation, or uploads in progress. */
function AskBeforeLeaving({ page, temporary }: { page: ChatPage; temporary: boolean }) {
  const { draft, conversation } = page
  const begun = conversation.messages.length > 0
  const written = useIsWritten(draft)
  const uploading = useStoreSelector(draft, isUploading, () => false)
  if (temporary && (begun || written))
    return (
      <Suspense>
        <LeaveQuestion about="temporary" onKeep={begun ? page.keep : null} />
      </Suspense>
    )
  return (
    uploading && (
      <Suspense>
        <LeaveQuestion about="upload" onKeep={null} />
      </Suspense>
    )
  )
}

const isUploading = ({ attachments }: Draft): boolean => attachments.some(isPendingAttachment)

/** Whether the composer has content. */
const useIsWritten = (draft: DraftStore): boolean =>
  useStoreSelector(
    draft,
    ({ text, attachments }) => text.trim() !== "" || attachments.length > 0,
    () => false,
  )

/** The scroll position in the conversation, and its keyboard shortcuts. */
function usePlaces(scroller: Follow["scroller"], { session, messages, busy }: Conversation): void {
  const t = useTranslations("chat")
  const missing = useCallback(() => toast.error(t("noSuchMessage")), [t])
  useScrollAnchor(scroller, messages)
  useLinkedMessage(scroller, session, missing)
  useQuestionKeys(scroller, session)
  usePageKeys(scroller)
  useStopKey(busy, session.stop)
}

/** When printed, the conversation has a header and all of its messages. */
function Print({ id, title: sent, conversation }: { id: string; title: string | null; conversation: Conversation }) {
  const { session, messages, compared, earlier } = conversation
  const { modelName } = useMessageContext()
  const title = useListedConversation(id)?.title ?? sent ?? ""
  usePrint(messages.length > 0 ? session.loadAll : null)
  const models = new Set([...messages, ...compared].flatMap(({ metadata }) => metadata?.model ?? []).map(modelName))
  return <PrintHead title={title} models={[...models]} missing={earlier} />
}

function DropOverlay() {
  const t = useTranslations("chat")
  return (
    <div className="pointer-events-none absolute inset-2 z-30 grid place-items-center rounded-xl border-2 border-spark border-dashed bg-background/85">
      <p className="flex items-center gap-3 rounded-lg border bg-surface px-4 py-2.5 font-medium shadow-float">
        <Paperclip className="size-5 text-spark-text" aria-hidden /> {t("dropImages")}
      </p>
    </div>
  )
}
