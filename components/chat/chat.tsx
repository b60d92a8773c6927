"use client"

import { ArrowDown, Paperclip } from "lucide-react"
import { useTranslations } from "next-intl"
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef } from "react"
import { toast } from "sonner"
import { Announcer } from "@/components/chat/announcer"
import { ChatHeader } from "@/components/chat/chat-header"
import { ComposerNotice } from "@/components/chat/composer-notice"
import { ContextMeter } from "@/components/chat/context-meter"
import { type Example, Greeting } from "@/components/chat/greeting"
import { TemporaryGreeting } from "@/components/chat/temporary"
import { useBranchPlace } from "@/components/chat/use-branch-place"
import { useChatPage } from "@/components/chat/use-chat-page"
import { useFollow } from "@/components/chat/use-follow"
import { useKeepPlace, useNamedMessage, usePageKeys, useQuestionKeys } from "@/components/chat/use-places"
import { Composer } from "@/components/composer/composer"
import { QueueList } from "@/components/composer/queue-list"
import { useDrop } from "@/components/composer/use-drop"
import { useUploads } from "@/components/composer/use-uploads"
import { shortModel } from "@/components/message/content"
import { preloadMarkdown } from "@/components/message/markdown"
import { MessageContext } from "@/components/message/message-context"
import { MessageList } from "@/components/message/message-list"
import { watchNear } from "@/components/message/near"
import { ChatSettingsButton } from "@/components/presets/chat-settings-button"
import { PromptsHost } from "@/components/presets/prompts-host"
import { Spinner } from "@/components/ui/spinner"
import type { ConversationView, ModelsResponse } from "@/lib/chat/types"
import { SCHEMA_TEMPLATES } from "@/lib/output/templates"
import type { Preset } from "@/lib/presets/types"

const Comparison = lazy(() => import("@/components/compare/comparison"))
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

/** Runs while the page is read: it must not be seen at its beginning before React takes over. */
const OPEN_AT_END = "{const s=document.querySelector('[data-scroller]');s.scrollTop=s.scrollHeight}"

/** A conversation: its header, its messages, and the place to write. */
export function Chat({ nonce, id, view, models, temporary = false, preset = null, folderId = null }: Props) {
  const page = useChatPage({ id, view, models, temporary, preset, folderId })
  const { conversation, draft, model, chooseModel, compared, compare, restoring, sent } = page
  const { session, messages, siblings, awaited, busy, engine } = conversation
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
  const useInstead = (next: string) => {
    const others = compared.map((one) => (one === known?.id ? next : one))
    if (new Set(others).size > 1) compare([...new Set(others)])
    else chooseModel(next)
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
      <div className="relative min-h-0 flex-1">
        <div ref={follow.scroller} data-scroller className="h-full overflow-y-auto overscroll-contain">
          {empty && (temporary ? <TemporaryGreeting /> : <Greeting notice={models.notice} onExample={tryExample} />)}
          <div
            ref={follow.content}
            role="log"
            aria-live="off"
            aria-label={t("conversation")}
            aria-busy={busy}
            className={empty ? undefined : "pt-4 pb-2"}
          >
            <div className={empty ? undefined : "mx-auto w-full max-w-3xl px-4 sm:px-6"}>
              {conversation.earlier > 0 && <Earlier key={messages[0]?.id} onNear={session.loadEarlier} />}
              <MessageList messages={messages} siblings={siblings} awaited={awaited} reopened={conversation.reopened} />
            </div>
            {conversation.compared.length > 0 && (
              <Suspense>
                <Comparison answers={conversation.compared} onKeep={session.keep} onStop={session.stopOne} />
              </Suspense>
            )}
          </div>
        </div>
        {view && <script nonce={nonce}>{OPEN_AT_END}</script>}
        {follow.away && <ToEnd writing={busy} onClick={follow.toEnd} />}
        {conversation.connection === "reconnecting" && <Reconnecting />}
      </div>
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
              model={known}
              models={models}
              onModel={compared.length > 0 ? useInstead : chooseModel}
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

/** The place before the first message that is here: older ones are read when it comes near the view. */
function Earlier({ onNear }: { onNear: () => void }) {
  const t = useTranslations("chat")
  const place = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (!place.current) return
    return watchNear(place.current, ({ near }) => near && onNear())
  }, [onNear])
  return (
    <p ref={place} className="flex h-12 items-center justify-center gap-2 text-[13px] text-muted-foreground">
      <Spinner className="size-3.5" /> {t("earlier")}
    </p>
  )
}

/** The way back to the end; a spark tells that something new is coming there. */
function ToEnd({ writing, onClick }: { writing: boolean; onClick: () => void }) {
  const t = useTranslations("chat")
  const go = () => {
    // What has the focus is about to go. On a phone the field would bring up its keyboard.
    const field = document.getElementById("message")
    if (window.matchMedia("(hover: hover) and (pointer: fine)").matches) field?.focus({ preventScroll: true })
    onClick()
  }
  return (
    <button
      type="button"
      aria-label={t("toLatest")}
      title={t("toLatest")}
      onClick={go}
      className="-translate-x-1/2 absolute bottom-3 left-1/2 grid size-9 place-items-center rounded-full border bg-surface shadow-float hover:bg-muted"
    >
      <ArrowDown className="size-4" />
      {writing && <span className="absolute -top-0.5 end-0 size-2.5 rounded-full border-2 border-surface bg-spark" />}
    </button>
  )
}

/** Over the page, so that nothing moves; to be seen only when it takes longer than a moment. */
function Reconnecting() {
  const t = useTranslations("chat")
  return (
    <p
      role="status"
      className="mark-late -translate-x-1/2 pointer-events-none absolute bottom-2 left-1/2 flex items-center gap-2 whitespace-nowrap rounded-full border bg-surface px-3 py-1 text-[13px] text-muted-foreground shadow-float"
    >
      <Spinner className="size-3.5" /> {t("reconnecting")}
    </p>
  )
}

function DropOverlay() {
  const t = useTranslations("chat")
  return (
    <div className="pointer-events-none absolute inset-2 z-30 grid place-items-center rounded-xl border-2 border-spark border-dashed bg-background/85">
      <p className="flex items-center gap-3 font-medium">
        <Paperclip className="size-5 text-spark-text" aria-hidden /> {t("dropImages")}
      </p>
    </div>
  )
}
