/** An answer as it grows in the page. */
import type { UIMessageChunk } from "ai"
import { MessageBuilder } from "@/lib/chat/message-builder"
import { type ChatMessage, type MessageMetadata, messageMetadataSchema } from "@/lib/messages/types"

export class GrowingMessage {
  private readonly builder = new MessageBuilder()
  private metadata: MessageMetadata | undefined

  constructor(private readonly id: string) {}

  take(chunk: UIMessageChunk): void {
    if ("messageMetadata" in chunk) this.merge(chunk.messageMetadata)
    else this.builder.take(chunk)
  }

  /** As it is now; what comes later does not change it. */
  message(): ChatMessage {
    return { id: this.id, role: "assistant", metadata: this.metadata, parts: this.builder.parts() }
  }

  private merge(metadata: unknown): void {
    if (typeof metadata !== "object" || metadata === null) return
    const merged = messageMetadataSchema.safeParse({ ...this.metadata, ...metadata })
    if (merged.success) this.metadata = merged.data
  }
}
