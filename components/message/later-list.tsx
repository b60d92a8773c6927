"use client"

import { useEffect, useState } from "react"
import { repeat } from "@/components/base/retry-wait"
import type { MessageListProps } from "@/components/message/message-list"
import { fetchList, loadedList } from "@/components/message/preload"

/** The messages of a conversation that begins on this page: their script comes with the first of them, or before. */
export function LaterList(props: MessageListProps) {
  const [List, show] = useState(loadedList)
  useEffect(() => {
    if (List) return
    const left = new AbortController()
    // Without a connection the code can't come: it is asked for again.
    repeat(fetchList, left).then(
      (loaded) => show(() => loaded),
      () => undefined,
    )
    return () => left.abort()
  }, [List])
  return List && <List {...props} />
}
