"use client"

import { Paperclip } from "lucide-react"
import { useTranslations } from "next-intl"
import { lazy, Suspense, useCallback, useMemo, useRef } from "react"
import { Announcer } from "@/components/chat/announcer"
import { ChatHeader } from "@/components/chat/chat-header"
import { ComposerNotice } from "@/components/chat/composer-notice"
import { ContextMeter } from "@/components/chat/context-meter"
import { type Example, Greeting } from "@/components/chat/greeting"
import { MessageLog } from "@/components/chat/message-log"
import { TemporaryGreeting } from "@/components/chat/temporary"
import { useBranchPlace } from "@/components/chat/use-branch-place"
import { useChatPage } from "@/components/chat/use-chat-page"
import { useFollow } from "@/components/chat/use-follow"
import { useKeepPlace, useNamedMessage, usePageKeys, useQuestionKeys, useStopKey } from "@/components/chat/use-places"
import { Composer } from "@/components/composer/composer"
import { QueueList } from "@/components/composer/queue-list"
import { useDrop } from "@/components/composer/use-drop"
import { useUploads } from "@/components/composer/use-uploads"
import { shortModel } from "@/components/message/content"
import { preloadMarkdown } from "@/components/message/markdown"
import { MessageContext } from "@/components/message/message-context"
import { ChatSettingsButton } from "@/components/presets/chat-settings-button"
import { PromptsHost } from "@/components/presets/prompts-host"
import { toast } from "@/components/ui/toast"
import type { ModelsResponse } from "@/lib/ai/model.types"
import type { ConversationView } from "@/lib/chat/conversation.types"
import { SCHEMA_TEMPLATES } from "@/lib/output/templates"
import type { Preset } from "@/lib/presets/types"

const LeaveQuestion = lazy(() => import("@/components/chat/leave-question"))
const ComparedNotice = lazy(() => import("@/components/compare/compared-notice"))

interface Props {
  /** Of this page's scripts. */
  nonce?: string
  id: string
  /** Null for a new conversation. */
  view: ConversationView | null
  models: ModelsResponse
  /** It leaves nothing behind. */
  temporary?: boolean
  /** What a new conversation begins with. */
  preset?: Preset | null
  /** The folder that a new one begins in. */
  folderId?: string | null
}

/** A conversation: its header, its messages, and the place to write. */
export function Chat({ nonce, id, view, models, temporary = false, preset = null, folderId = null }: Props) {
  const page = useChatPage({ id, view, models, temporary, preset, folderId })
  const { conversation, draft, model, chooseModel, compared, compare, restoring, sent } = page
  const { session, messages, busy, engine } = conversation
  const t = useTranslations("chat")
  const uploads = useUploads(draft, models.messageChars)
  const follow = useFollow(messages.length > 0)
  const files = useRef<HTMLInputElement>(null)
  const dropping = useDrop(follow.scroller, uploads.add)
  useKeepPlace(follow.scroller, messages)
  useNamedMessage(
    follow.scroller,
    session,
    useCallback(() => toast.error(t("noSuchMessage")), [t]),
  )
  useQuestionKeys(follow.scroller, session)
  usePageKeys(follow.scroller)
  useStopKey(busy, session.stop)
  const selectSibling = useBranchPlace(follow.scroller, session, messages, follow.stay)
  const empty = messages.length === 0 && !restoring

  /** Fetches what an answer needs, before it is asked for. */
  const warm = () => {
    session.warm()
    preloadMarkdown()
  }
  const send = () => {
    warm()
    sent.remember(draft.get().text)
    session.send()
    follow.toEnd()
  }
  const tryExample = ({ text, needs }: Example) => {
    const { text: own } = draft.get()
    const [template] = SCHEMA_TEMPLATES
    draft.update(() => ({ text: needs === "image" && own ? own : text }))
    if (needs === "image") return files.current?.click()
    if (needs === "schema" && template)
      draft.update(() => ({ output: { type: "json_schema", name: template.name, schema: template.schema } }))
    send()
    draft.update(() => ({ text: own }))
  }

  const context = useMemo(() => {
    const names = new Map(models.models.map((known) => [known.id, known.name]))
    return {
      handlers: { ...session.handlers, selectSibling },
      conversationId: id,
      linkTo: temporary ? null : (messageId: string) => new URL(`/c/${id}?message=${messageId}`, location.href).href,
      busy,
      modelName: (name: string) => names.get(name) ?? shortModel(name),
    }
  }, [id, temporary, models, session, busy, selectSibling])
  // Of those to compare the one that matters is the first that can't do what is asked of it.
  const asked = models.models.filter((candidate) => compared.includes(candidate.id))
  const known = asked.find(({ images }) => !images) ?? models.models.find((candidate) => candidate.id === model)
  const askOnly = ([first, ...others]: string[]) => {
    if (first && others.length > 0) compare([first, ...others])
    else if (first) chooseModel(first)
  }

  return (
    <MessageContext value={context}>
      <Announcer messages={messages} compared={conversation.compared} busy={busy} />
      <ChatHeader
        id={id}
        title={view?.conversation.title ?? null}
        models={models.models}
        model={model}
        onModel={chooseModel}
        compared={compared}
        onCompare={compare}
        empty={messages.length === 0}
        temporary={temporary}
        settings={<ChatSettingsButton page={page} models={models} />}
        folderId={folderId}
      />
      <PromptsHost />
      {temporary && messages.length > 0 && (
        <Suspense>
          <LeaveQuestion />
        </Suspense>
      )}
      <MessageLog {...{ conversation, follow, nonce }} atEnd={view !== null}>
        {empty && (temporary ? <TemporaryGreeting /> : <Greeting notice={models.notice} onExample={tryExample} />)}
      </MessageLog>
      <Composer
        draft={draft}
        uploads={uploads}
        files={files}
        busy={busy}
        stopping={conversation.stopping}
        onSend={send}
        onStop={session.stop}
        onWriting={warm}
        targets={{ models: models.models, onModel: chooseModel, onPreset: page.applyPreset }}
        recall={sent.recall}
        meter={
          <ContextMeter
            conversationId={id}
            messages={messages}
            model={known}
            busy={busy}
            onSummarise={() => {
              warm()
              session.summarise()
              follow.toEnd()
            }}
          />
        }
        notice={
          <>
            <QueueList
              turns={conversation.queue}
              busy={busy}
              comparing={conversation.compared.length > 0}
              onSendNow={session.sendNow}
              onEdit={session.editQueued}
              onRemove={session.removeQueued}
            />
            <ComposerNotice
              refusal={conversation.refusal}
              onDismiss={session.dismissRefusal}
              draft={draft}
              asked={asked.length > 0 ? asked : known ? [known] : []}
              models={models}
              onAsk={askOnly}
            />
            {compared.length > 0 && (
              <Suspense>
                <ComparedNotice names={compared.map(context.modelName)} onEnd={() => compare([])} />
              </Suspense>
            )}
          </>
        }
      />
      {dropping && <DropOverlay />}
      {engine && <engine.LiveChat chat={engine.chat} onChange={session.publish} />}
    </MessageContext>
  )
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
