"use client"

import type { DynamicToolUIPart, ToolUIPart } from "ai"
import { type ComponentType, Suspense } from "react"
import { isNotLoaded } from "@/components/base/load-code"
import { lazyPart } from "@/components/ui/lazy-part"

export type AnyToolPart = ToolUIPart | DynamicToolUIPart

export interface ToolCardProps {
  part: AnyToolPart
  /** The answer is still being written; a call without a result will not get one otherwise. */
  streaming: boolean
  /** The message whose reader may say whether this call runs, when it waits. */
  asking?: string
}

/** As the model calls it. */
export const toolNameOf = (part: AnyToolPart): string =>
  part.type === "dynamic-tool" ? part.toolName : part.type.slice("tool-".length)

type Card = ComponentType<ToolCardProps>

const GenericCard = lazyPart(() => import("@/components/tools/generic-card"), "result")
/** Of tools of MCP servers, which are named `server__tool`. */
const McpCard = lazyPart(() => import("@/components/tools/mcp-card"), "result")

/** Of cards that are higher than a line: the Tailwind height, so that nothing moves while their code loads. */
const heights = import.meta.glob<{ default: string }>("./*/height.ts", { eager: true })

const HEIGHTS = new Map(Object.entries(heights).map(([file, height]) => [folderOf(file), height.default]))

function folderOf(file: string): string {
  return file.split("/").at(-2) ?? ""
}

/** Names of folders: what a model calls otherwise is no path. */
const FOLDER = /^[a-z][a-z_]{0,40}$/
const cards = new Map<string, Card>()

/** The card of a tool, in a folder of the tool's name, loaded when it is shown; any other tool gets the generic one. */
function cardOf(name: string): Card {
  if (name.includes("__")) return McpCard
  if (!FOLDER.test(name)) return GenericCard
  const known = cards.get(name)
  if (known) return known
  // A glob would put all cards into what every chat loads. The bundler knows the folders: without one nothing is fetched.
  const load = (): Promise<{ default: Card }> =>
    import(`./${name}/card.tsx`).catch((error: unknown) => {
      if (isNotLoaded(error)) throw error
      return import("@/components/tools/generic-card")
    })
  const card = lazyPart(load, "result")
  cards.set(name, card)
  return card
}

/** Its result is something to look at. */
export const isShown = (name: string): boolean => HEIGHTS.has(name)

/** One call of a tool in an answer, in whatever state it is. */
export function ToolPart({ part, streaming, asking }: ToolCardProps) {
  const name = toolNameOf(part)
  // What a person is asked about is shown as it is.
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
