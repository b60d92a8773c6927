"use client"

import { type RefObject, Suspense, useEffect } from "react"
import { goOn } from "@/components/base/focus"
import { ComposerNotice } from "@/components/chat/composer-notice"
import type { SendActions } from "@/components/chat/sending"
import type { ChatPage } from "@/components/chat/use-chat-page"
import { Composer } from "@/components/composer/composer"
import { useMessageContext } from "@/components/message/parts/message-context"
import { ThinkingControl } from "@/components/models/thinking-control"
import { lazyOptional, lazyPart } from "@/components/ui/lazy-part"
import type { Uploads } from "@/components/uploads/uploads"
import type { ModelInfo, ModelsResponse } from "@/lib/models/model.types"
import { findModel } from "@/lib/models/ways"

const queueList = () => import("@/components/composer/queue-list")
const QueueList = lazyPart(queueList)
const ContextMeter = lazyOptional(() => import("@/components/chat/context-meter"))
const ComparedNotice = lazyPart(() => import("@/components/compare/compared-notice"))

interface Props {
  id: string
  page: ChatPage
  models: ModelsResponse
  uploads: Uploads
  files: RefObject<HTMLInputElement | null>
  sending: SendActions
}

/** The composer of a conversation, with the notices about what is sent next. */
export function ChatComposer({ id, page, models, uploads, files, sending }: Props) {
  const { conversation, draft, chooseModel, sent } = page
  const { session, messages, busy } = conversation
  const asked = askedNext(page, models)
  return (
    <Composer
      draft={draft}
      uploads={uploads}
      asked={asked}
      files={files}
      imagesOff={!models.uploads}
      busy={busy}
      stopping={conversation.stopping}
      onSend={sending.send}
      onStop={session.stop}
      onWriting={sending.warm}
      targets={{ models: models.models, onModel: chooseModel, onPreset: page.applyPreset }}
      recall={sent.recall}
      thinking={
        <ThinkingControl
          asked={asked}
          value={page.settings.reasoning}
          onChange={(reasoning) => page.changeSettings({ ...page.settings, reasoning })}
        />
      }
      meter={
        messages.length > 0 && (
          <Suspense>
            <ContextMeter
              conversationId={id}
              messages={messages}
              // Of several models, the first without image support, if any; otherwise the chat's own.
              model={asked.find(({ images }) => !images) ?? modelOf(page, models)}
              busy={busy}
              onSummarize={sending.summarize}
            />
          </Suspense>
        )
      }
      notice={<Notices page={page} models={models} asked={asked} onSend={() => sending.send()} />}
    />
  )
}

const modelOf = ({ model }: ChatPage, { models }: ModelsResponse) => findModel(models, model)

/** The models that the next message goes to; empty when the selected one is unknown. */
function askedNext(page: ChatPage, models: ModelsResponse): ModelInfo[] {
  const several = page.compared.models.flatMap((id) => findModel(models.models, id) ?? [])
  const one = modelOf(page, models)
  return several.length > 0 || !one ? several : [one]
}

/** Retries a refused request with another model; for a regenerated answer only this once. */
function askOther({ conversation, chooseModel }: Pick<ChatPage, "conversation" | "chooseModel">, model: string): void {
  const { session, refusal } = conversation
  if (refusal?.again?.kind === "again") session.regenerate(refusal.again.messageId, model)
  else {
    chooseModel(model)
    session.retry()
  }
}

interface NoticesProps {
  page: ChatPage
  models: ModelsResponse
  asked: ModelInfo[]
  onSend: () => void
}

function Notices({
  page: { conversation, draft, chooseModel, compared, compare },
  models,
  asked,
  onSend,
}: NoticesProps) {
  const { modelName } = useMessageContext()
  const { session, queue, busy } = conversation
  // Messages are queued while an answer is written: preloads the queue list in case the network fails.
  useEffect(() => {
    if (busy) queueList().catch(() => {})
  }, [busy])
  const askOnly = ([first, ...others]: string[]) => {
    if (first && others.length > 0) compare({ ...compared, models: [first, ...others] })
    else if (first) chooseModel(first)
  }
  return (
    <>
      {queue.length > 0 && (
        <Suspense>
          <QueueList
            turns={queue}
            busy={busy}
            comparing={conversation.compared.length > 0}
            steering={conversation.steered !== null}
            onSteer={session.steer}
            onSendNow={session.sendNow}
            onEdit={session.editQueued}
            onRemove={session.removeQueued}
          />
        </Suspense>
      )}
      <ComposerNotice
        refusal={conversation.refusal}
        onRetry={session.retry}
        onAskOther={(model) => askOther({ conversation, chooseModel }, model)}
        onDismiss={session.dismissRefusal}
        draft={draft}
        asked={asked}
        models={models}
        onAsk={askOnly}
        onSend={onSend}
      />
      {compared.models.length > 0 && (
        <Suspense>
          <ComparedNotice
            names={compared.models.map(modelName)}
            blind={compared.blind === true}
            onEnd={() => {
              compare({ models: [] })
              goOn()
            }}
          />
        </Suspense>
      )}
    </>
  )
}
