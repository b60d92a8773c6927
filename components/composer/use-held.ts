import { useEffect, useEffectEvent, useState } from "react"
import type { Held } from "@/components/composer/held-notice"
import { isPendingAttachment } from "@/components/draft/attachment"
import type { Draft } from "@/components/draft/draft"
import type { SlashCommands } from "@/components/prompts/slash-commands"
import type { Uploads } from "@/components/uploads/uploads"

interface Options {
  draft: Draft
  uploads: Uploads
  slash: SlashCommands
  onSend: () => void
}

/**
 * Sends a message once its uploads are complete, unless an attachment would be lost or it looks like a mistyped
 * command: then explains that until the user decides. `cancel` stops the wait.
 */
export function useHeld({ draft, uploads, slash, onSend }: Options) {
  const { text, attachments } = draft
  const [waiting, setWaiting] = useState(false)
  const [incomplete, setIncomplete] = useState(false)
  const [mistyped, setMistyped] = useState<{ text: string; command: string } | null>(null)
  const failed = attachments.filter(({ state }) => state === "failed")
  const uploading = attachments.some(isPendingAttachment)
  const empty = text.trim() === "" && failed.length === attachments.length
  if (incomplete && failed.length === 0) setIncomplete(false)
  if (mistyped && mistyped.text !== text) setMistyped(null)

  const go = () => {
    setIncomplete(false)
    setMistyped(null)
    if (empty) return
    if (uploading) setWaiting(true)
    else onSend()
  }
  const send = () => {
    const command = mistyped ? null : slash.meant(text)
    if (empty) return
    if (command) setMistyped({ text, command })
    else if (failed.length > 0) setIncomplete(true)
    else go()
  }
  const sendAnyway = () => {
    if (!mistyped) for (const { key } of failed) uploads.remove(key)
    if (mistyped && failed.length > 0) setIncomplete(true)
    else go()
  }
  // Send was pressed during an upload.
  const arrived = useEffectEvent(() => {
    setWaiting(false)
    if (failed.length > 0) setIncomplete(true)
    else if (!empty) onSend()
  })
  useEffect(() => {
    if (waiting && !uploading) arrived()
  }, [waiting, uploading])
  const held: Held | null = mistyped
    ? { by: "mistyped", word: text.split(/\s/, 1).join(""), command: mistyped.command }
    : incomplete
      ? { by: "failed", attachments: failed }
      : null
  return { empty, waiting, held, send, sendAnyway, cancel: () => setWaiting(false) }
}
