/** Images of the person's that results of tools show. Safe to import on both sides. */
import { z } from "zod"
import type { MessageParts } from "@/lib/messages/parts"

const shown = z.object({ content: z.array(z.unknown()).max(1_000) })
const image = z.object({ type: z.literal("image"), id: z.uuid() })

/** Ids of the images in the result of a call; none for any other part. */
export function toolImagesIn(part: MessageParts[number]): string[] {
  if (!("toolCallId" in part) || part.state !== "output-available") return []
  const { content = [] } = shown.safeParse(part.output).data ?? {}
  return content.flatMap((one) => image.safeParse(one).data?.id ?? [])
}
