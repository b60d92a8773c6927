"use client"

import { createContext, type ReactNode, useContext, useMemo } from "react"
import type { CallNews } from "@/lib/messages/call-news"
import type { ChatMessage } from "@/lib/messages/types"

const NewsContext = createContext<ReadonlyMap<string, CallNews>>(new Map())

/** Provides the progress messages of an answer's running calls to their cards. */
export function CallNewsProvider({ parts, children }: { parts: ChatMessage["parts"]; children: ReactNode }) {
  const news = useMemo(
    () => new Map(parts.flatMap((part) => (part.type === "data-call" ? [[part.data.toolCallId, part.data]] : []))),
    [parts],
  )
  return <NewsContext value={news}>{children}</NewsContext>
}

/** The progress of a call; undefined when it reports none or has ended. */
export const useCallNews = (toolCallId: string): CallNews | undefined => useContext(NewsContext).get(toolCallId)
