/**
 * The user's files linked from tool results: the full version of a shortened result, and files written by code. Safe to
 * import on both sides.
 */
import { z } from "zod"
import { isRecord } from "@/lib/is-record"
import type { MessageParts } from "@/lib/messages/parts"

const file = z.looseObject({ id: z.uuid(), name: z.string(), size: z.number() })
const linked = z.looseObject({
  whole: file.optional().catch(undefined),
  files: z.array(file).optional().catch(undefined),
})

/** IDs of the files in a call's result; none for any other part. */
export const toolFilesIn = (part: MessageParts[number]): string[] =>
  "toolCallId" in part && part.state === "output-available" ? filesInOutput(part.output) : []

/** The same for a tool's output. */
export function filesInOutput(output: unknown): string[] {
  if (!isRecord(output) || !(output.whole || output.files)) return []
  const { whole, files = [] } = linked.safeParse(output).data ?? {}
  return [...(whole ? [whole] : []), ...files].map(({ id }) => id)
}

/** The part without links to files, which belong to their owner only. The same object if there are none. */
export function withoutToolFiles(part: MessageParts[number]): MessageParts[number] {
  if (toolFilesIn(part).length === 0 || !("output" in part)) return part
  const { whole: _whole, files: _files, ...output } = linked.parse(part.output)
  return Object.assign({ ...part }, { output })
}
