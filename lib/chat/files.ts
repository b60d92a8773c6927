/**
 * The stored files that messages show: images, including those of tools, documents, and files linked from tool results.
 */
import { documentIdsIn } from "@/lib/chat/documents"
import { imageIdOf } from "@/lib/chat/history"
import { isRecord } from "@/lib/is-record"
import type { MessageParts } from "@/lib/messages/parts"
import { filesInOutput, toolFilesIn } from "@/lib/messages/tool-files"
import { imagesInOutput, toolImagesIn } from "@/lib/messages/tool-images"

/** IDs of all files that these parts show. */
export const fileIdsIn = (parts: MessageParts): string[] => [
  ...parts.flatMap((part) => (part.type === "file" ? (imageIdOf(part.url) ?? []) : [])),
  ...documentIdsIn(parts),
  ...parts.flatMap(toolImagesIn),
  ...parts.flatMap(toolFilesIn),
]

/** The same for stored parts. */
export const fileIdsInStored = (parts: unknown): string[] =>
  (Array.isArray(parts) ? parts : []).flatMap((part: unknown) => {
    if (!isRecord(part)) return []
    if (part.type === "file" && typeof part.url === "string") return imageIdOf(part.url) ?? []
    if (part.state === "output-available") return [...imagesInOutput(part.output), ...filesInOutput(part.output)]
    const { documentId } = part.type === "data-document" && isRecord(part.data) ? part.data : {}
    return typeof documentId === "string" ? documentId : []
  })
