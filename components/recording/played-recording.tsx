"use client"

import { useTranslations } from "next-intl"
import { useEffect, useMemo, useState } from "react"
import { shortModel } from "@/components/base/message-content"
import { useStore } from "@/components/base/store"
import { MessageList } from "@/components/message/message-list"
import { MessageContext, type MessageContextValue } from "@/components/message/parts/message-context"
import { Player } from "@/components/recording/player"
import { PlayerBar } from "@/components/recording/player-bar"
import { RequestTable } from "@/components/recording/request-table"
import type { ChatMessage } from "@/lib/messages/types"
import type { Recording } from "@/lib/recording/read"
import { framesOf } from "@/lib/recording/timeline"

interface Props {
  name: string
  recording: Recording
  onClose: () => void
}

/** A played recording is read-only: no tool runs, nothing can be asked. */
const READ_ONLY: MessageContextValue = {
  ...{ handlers: null, tools: null, conversationId: null, linkTo: null, busy: false },
  modelName: shortModel,
}

/** An open recording: its question, its answer as it grows, and its requests. */
export function PlayedRecording({ name, recording, onClose }: Props) {
  const t = useTranslations("recordings")
  const [player] = useState(
    () => new Player({ frames: framesOf(recording.events), id: "recorded-answer", ended: t("ended") }),
  )
  useEffect(() => {
    player.play()
    return player.pause
  }, [player])
  const { message } = useStore(player.state)
  const question = useMemo(() => questionOf(recording), [recording])
  const { head, whole } = recording
  const cut = recording.events.some(({ type }) => type === "cut")
  return (
    <div data-recording>
      <PlayerBar {...{ player, name, head, onClose }} />
      <div className="mx-auto w-full max-w-3xl px-4 py-6 sm:px-6">
        {(!whole || cut) && (
          <p role="status" className="mb-5 rounded-lg bg-spark-soft px-3 py-2 text-sm">
            {t(whole ? "cut" : "half")}
          </p>
        )}
        <MessageContext value={READ_ONLY}>
          <MessageList messages={message ? [question, message] : [question]} readOnly />
        </MessageContext>
        <RequestTable events={recording.events} />
      </div>
    </div>
  )
}

/** The question with the names of its files, which are not part of the recording. */
function questionOf({ head }: Recording): ChatMessage {
  const { text, files } = head.question
  const names = files.map((file) => `\u{1F4CE} ${file}`).join("\n")
  return {
    ...{ id: "recorded-question", role: "user" },
    parts: [{ type: "text", text: [text, names].filter(Boolean).join("\n\n") }],
    metadata: { parentId: null, createdAt: head.savedAt, status: "complete" },
  }
}
