"use client"

import { useEffect, useState } from "react"
import { repeat } from "@/components/base/retry-wait"
import type { MessageListProps } from "@/components/message/message-list"
import { fetchList, loadedList } from "@/components/message/preload"
import { MissingPart } from "@/components/ui/lazy-part"

/** The messages of a conversation that starts on this page; the script loads with the first of them, or before. */
export function LazyMessageList(props: MessageListProps) {
  const [List, show] = useState(loadedList)
  const [failures, setFailures] = useState(0)
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each retry loads immediately
  useEffect(() => {
    if (List) return
    const left = new AbortController()
    const fetched = () =>
      fetchList().catch((error: unknown) => {
        if (!left.signal.aborted) setFailures((count) => count + 1)
        throw error
      })
    // The code can't be loaded without a connection: retry.
    repeat(fetched, left).then(
      (loaded) => show(() => loaded),
      () => undefined,
    )
    return () => left.abort()
  }, [List, tries])
  if (List) return <List {...props} />
  return failures > 0 && <MissingPart says="part" again={failures > 1} retry={() => setTries((count) => count + 1)} />
}
