"use client"

import type { DynamicToolUIPart, ToolUIPart } from "ai"
import { type ComponentType, Suspense } from "react"
import { isChunkLoadError } from "@/components/base/load-code"
import { lazyPart } from "@/components/ui/lazy-part"

export type AnyToolPart = ToolUIPart | DynamicToolUIPart

export interface ToolCardProps {
  part: AnyToolPart
  /** The answer is still being written; otherwise a call without a result will not get one. */
  streaming: boolean
  /** The message whose reader may approve this call when it is pending. */
  asking?: string
}

/** The name the model uses. */
export const toolNameOf = (part: AnyToolPart): string =>
  part.type === "dynamic-tool" ? part.toolName : part.type.slice("tool-".length)

type Card = ComponentType<ToolCardProps>

const GenericCard = lazyPart(() => import("@/components/tools/generic-card"), "result")
/** For tools of MCP servers, named `server__tool`. */
const McpCard = lazyPart(() => import("@/components/tools/mcp-card"), "result")

/** The Tailwind height of cards taller than a line, so that nothing moves while their code loads. */
const heights = import.meta.glob<{ default: string }>("./*/height.ts", { eager: true })

const HEIGHTS = new Map(Object.entries(heights).map(([file, height]) => [folderOf(file), height.default]))

function folderOf(file: string): string {
  return file.split("/").at(-2) ?? ""
}

/** Valid folder names: any other tool name from a model must not become a path. */
const FOLDER = /^[a-z][a-z_]{0,40}$/
const cards = new Map<string, Card>()

/** A tool's card, from the folder named after it, loaded when shown; any other tool gets the generic one. */
function cardOf(name: string): Card {
  if (name.includes("__")) return McpCard
  if (!FOLDER.test(name)) return GenericCard
  const known = cards.get(name)
  if (known) return known
  // A glob would add all cards to what every chat loads. The bundler knows the folders: nothing is fetched for an
  // unknown one.
  const load = (): Promise<{ default: Card }> =>
    import(`./${name}/card.tsx`).catch((error: unknown) => {
      if (isChunkLoadError(error)) throw error
      return import("@/components/tools/generic-card")
    })
  const card = lazyPart(load, "result")
  cards.set(name, card)
  return card
}

/** Whether its result has a visual card. */
export const isShown = (name: string): boolean => HEIGHTS.has(name)

/** A tool call in an answer, in any state. */
export function ToolPart({ part, streaming, asking }: ToolCardProps) {
  const name = toolNameOf(part)
  // A call pending approval is shown as is.
  const asks = part.state === "approval-requested"
  const Card = !asks ? cardOf(name) : name.includes("__") ? McpCard : GenericCard
  const height = (!asks && HEIGHTS.get(name)) || "h-11"
  return (
    <div data-tool={name} data-tool-state={part.state}>
      <Suspense fallback={<div className={`${height} rounded-lg border bg-surface`} />}>
        <Card part={part} streaming={streaming} asking={asking} />
      </Suspense>
    </div>
  )
}
