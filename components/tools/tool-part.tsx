"use client"

import type { DynamicToolUIPart, ToolUIPart } from "ai"
import { type ComponentType, lazy, Suspense } from "react"
import type { ChatTools } from "@/lib/messages/types"

export type AnyToolPart = ToolUIPart<ChatTools> | DynamicToolUIPart

export interface ToolCardProps {
  part: AnyToolPart
  /** The answer is still being written; a call without a result will not get one otherwise. */
  streaming: boolean
  /** The message whose reader may say whether this call runs, when it waits. */
  asking?: string
}

interface Registered {
  Card: ComponentType<ToolCardProps>
  /** Tailwind height that the card will have, so that nothing moves while its code loads. */
  height: string
}

const GenericCard = lazy(() => import("@/components/tools/generic-card"))

/** The cards of the tools that we know, by name; any other tool gets the generic one. */
const CARDS: Record<string, Registered | undefined> = {
  get_weather: { Card: lazy(() => import("@/components/tools/weather-card")), height: "h-[26.5rem]" },
}

/** One call of a tool in an answer, in whatever state it is. */
export function ToolPart({ part, streaming, asking }: ToolCardProps) {
  const name = part.type === "dynamic-tool" ? part.toolName : part.type.slice("tool-".length)
  // What a person is asked about is shown as it is.
  const known = part.state === "approval-requested" ? undefined : CARDS[name]
  const { Card, height } = known ?? { Card: GenericCard, height: "h-11" }
  return (
    <div data-tool={name} data-tool-state={part.state}>
      <Suspense fallback={<div className={`${height} rounded-lg border bg-surface`} />}>
        <Card part={part} streaming={streaming} asking={asking} />
      </Suspense>
    </div>
  )
}
