/** The user's images shown in tool results. Safe to import on both sides. */
import { z } from "zod"
import type { MessageParts } from "@/lib/messages/parts"

const shown = z.object({ content: z.array(z.unknown()).max(1_000) })
const image = z.looseObject({ type: z.literal("image"), id: z.uuid() })
type ToolImage = z.infer<typeof image>

/** IDs of the images in a call's result; none for any other part. */
export const toolImagesIn = (part: MessageParts[number]): string[] =>
  "toolCallId" in part && part.state === "output-available" ? imagesInOutput(part.output) : []

/** The same for a tool's output. */
export function imagesInOutput(output: unknown): string[] {
  const { content = [] } = shown.safeParse(output).data ?? {}
  return content.flatMap((one) => image.safeParse(one).data?.id ?? [])
}

/**
 * The part with the images in its result replaced or removed by `change`. Removed ones are counted, so that the card
 * can say so. The same object if there are none.
 */
export function withToolImages(
  part: MessageParts[number],
  change: (image: ToolImage) => ToolImage | null,
): MessageParts[number] {
  if (toolImagesIn(part).length === 0 || !("output" in part)) return part
  const output = counted.parse(part.output)
  const content = output.content.flatMap((one) => {
    const found = image.safeParse(one).data
    return found ? (change(found) ?? []) : [one]
  })
  const gone = output.content.length - content.length
  const changed = { ...output, content, ...(gone > 0 && { leftOut: (output.leftOut ?? 0) + gone }) }
  return Object.assign({ ...part }, { output: changed })
}

const counted = z.looseObject({ content: z.array(z.unknown()), leftOut: z.number().optional() })
