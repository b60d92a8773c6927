/** An answer being streamed into the page. */
import type { UIMessageChunk } from "ai"
import { z } from "zod"
import { loadCode } from "@/components/base/load-code"
import { MessageBuilder } from "@/lib/chat/message-builder"
import { settleChange } from "@/lib/messages/change"
import { type ChatMessage, type MessageMetadata, messageMetadataSchema } from "@/lib/messages/types"

type Starting = Extract<ChatMessage["parts"][number], { type: "data-starting" }>

const startingData = z.object({ elapsedMs: z.number(), over: z.boolean() })

/** Undefined once the deployment is up, or for any other data. */
function startingOf({ data }: { data: unknown }): Starting | undefined {
  const read = startingData.safeParse(data).data
  return read && !read.over ? { type: "data-starting", data: read } : undefined
}

export class GrowingMessage {
  private readonly builder = new MessageBuilder()
  private metadata: MessageMetadata | undefined
  /** Set while its deployment starts; never part of a stored message. */
  private starting: Starting | undefined
  /** Tool arguments have arrived that were not parsed yet. */
  private unread = false

  constructor(private readonly id: string) {}

  take(chunk: UIMessageChunk): void {
    if ("messageMetadata" in chunk) this.merge(chunk.messageMetadata)
    else if (chunk.type === "data-starting") this.starting = startingOf(chunk)
    else this.builder.take(chunk)
    this.unread ||= chunk.type === "tool-input-delta"
  }

  /** Parses partial tool arguments so that they can be shown; null when there are none. */
  readArguments(): Promise<void> | null {
    if (!this.unread) return null
    this.unread = false
    return loadCode(() => import("@/components/stream/partial-json"))
      .then(({ readPartialJson }) => this.builder.readArguments(readPartialJson))
      .catch(() => undefined)
  }

  /** A snapshot of the current message; not changed by later chunks. */
  message(): ChatMessage {
    const parts = this.builder.parts()
    const { status = "streaming" } = this.metadata ?? {}
    const ended = status === "streaming" ? parts : settleChange(parts, status === "complete")
    const shown = this.starting ? [this.starting, ...ended] : ended
    return { id: this.id, role: "assistant", metadata: this.metadata, parts: shown }
  }

  private merge(metadata: unknown): void {
    if (typeof metadata !== "object" || metadata === null) return
    const merged = messageMetadataSchema.safeParse({ ...this.metadata, ...metadata })
    if (merged.success) this.metadata = merged.data
  }
}
