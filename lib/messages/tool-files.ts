/** Files of the person's that results of tools link: the whole of a part, and what code wrote. Safe to import on both sides. */
import { z } from "zod"
import { isRecord } from "@/lib/is-record"
import type { MessageParts } from "@/lib/messages/parts"

const file = z.looseObject({ id: z.uuid(), name: z.string(), size: z.number() })
const linked = z.looseObject({
  whole: file.optional().catch(undefined),
  files: z.array(file).optional().catch(undefined),
})

/** Ids of the files in the result of a call; none for any other part. */
export const toolFilesIn = (part: MessageParts[number]): string[] =>
  "toolCallId" in part && part.state === "output-available" ? filesInOutput(part.output) : []

/** The same of what a tool returned. */
export function filesInOutput(output: unknown): string[] {
  if (!isRecord(output) || !(output.whole || output.files)) return []
  const { whole, files = [] } = linked.safeParse(output).data ?? {}
  return [...(whole ? [whole] : []), ...files].map(({ id }) => id)
}

/** The part without links to files, which are their owner's alone. The same part where there are none. */
export function withoutToolFiles(part: MessageParts[number]): MessageParts[number] {
  if (toolFilesIn(part).length === 0 || !("output" in part)) return part
  const { whole: _whole, files: _files, ...output } = linked.parse(part.output)
  return Object.assign({ ...part }, { output })
}
