import { useEffect, useState } from "react"
import { Store, useStore } from "@/components/base/store"
import { useMessageContext } from "@/components/message/parts/message-context"
import { type PageRun, pageRun, type RunState, runnerOf } from "@/components/tools/page-runs"
import { type ToolCardProps, toolNameOf } from "@/components/tools/tool-part"

const NONE = new Store<RunState>({ at: "waiting" })

/** The run of a call that waits for this page, started when it is shown; null when there is none. */
export function usePageRun({ part, streaming, asking }: ToolCardProps): { run: PageRun; state: RunState } | null {
  const { conversationId, handlers } = useMessageContext()
  const [run, setRun] = useState<PageRun | null>(null)
  const load = runnerOf(toolNameOf(part))
  const waits = part.state === "input-available" && !streaming
  const { toolCallId, input } = part
  useEffect(() => {
    if (!waits || !load || !handlers || asking === undefined || conversationId === null) return
    const { reload } = handlers
    setRun(pageRun({ conversationId, messageId: asking, toolCallId, input, load, onSettled: () => void reload() }))
    return () => setRun(null)
  }, [waits, load, handlers, conversationId, asking, toolCallId, input])
  const state = useStore(run?.state ?? NONE)
  return run && { run, state }
}
