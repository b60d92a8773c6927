/** The tools available to models: each folder here that has a `tool.ts`. */
import type { ToolApprovalConfiguration, ToolSet } from "ai"
import { z } from "zod"
import { boundedTool, describedTool, disabledTool } from "@/lib/ai/tools/bounded"
import {
  type PageTool,
  runsOnPage,
  type ToolContext,
  type ToolDefinition,
  type ToolSource,
} from "@/lib/ai/tools/define"
import { approvalReason } from "@/lib/messages/asked-leave"
import { singleton } from "@/lib/singleton"

// Imports whole modules: for single exports of a dynamic import, Next.js' bundler loses the names. Awaited, because a
// tool that needs the database initializes asynchronously.
const found = await Promise.all(
  Object.values(import.meta.glob<{ default: ToolDefinition }>("./*/tool.ts")).map((load) => load()),
)

/** Tools without a folder here: anything that comes with the process is added to this list before it listens. */
export const addedTools = (): ToolDefinition[] => singleton("addedTools", () => [])

/** Other sources of tools, added the same way. */
export const toolSources = (): ToolSource[] => singleton("toolSources", () => [])

const fromSources = async (context: ToolContext): Promise<ToolDefinition[]> =>
  (await Promise.all(toolSources().map((source) => source.definitions(context)))).flat()

/** All tools in a stable order, so that the start of a prompt stays the same. */
const definitions = (): ToolDefinition[] =>
  [...found.map((module) => module.default), ...addedTools()].sort((a, b) => (a.name < b.name ? -1 : 1))

/** A tool that runs on a page or that the user answers; undefined for any other name. */
export function pageTool(name: string): PageTool | undefined {
  const definition = definitions().find((one) => one.name === name)
  return definition && runsOnPage(definition) ? definition : undefined
}
export const isPageTool = (name: string): boolean => pageTool(name) !== undefined

export const toolNames = (): string[] => definitions().map(({ name }) => name)

/** Characters per token of English JSON. */
const CHARS_A_TOKEN = 4

/** Cached per tool, because it requires building the schema. */
const costs = new WeakMap<ToolDefinition, number>()

function tokensOf(definition: ToolDefinition): number {
  const known = costs.get(definition)
  if (known !== undefined) return known
  const { name, description, input } = definition
  const told = JSON.stringify({
    name,
    description,
    parameters: z.toJSONSchema(input, { io: "input", unrepresentable: "any" }),
  })
  const tokens = Math.ceil(told.length / CHARS_A_TOKEN)
  costs.set(definition, tokens)
  return tokens
}

/** Whether a tool and its errors are described by an outside source. */
export const isForeign = (name: string): boolean => toolSources().some((source) => source.stored(name) !== undefined)

/** Estimated tokens for describing each tool to a model. */
export const toolTokens = (): Record<string, number> =>
  Object.fromEntries(definitions().map((definition) => [definition.name, tokensOf(definition)]))

/** Definitions of all tools and of those with these names, for reading stored results: none of them can be called. */
export function knownTools(names: Iterable<string> = []): ToolSet {
  const known: ToolSet = Object.fromEntries(definitions().map((one) => [one.name, describedTool(one)]))
  for (const name of new Set(names)) {
    if (Object.hasOwn(known, name)) continue
    const stored = toolSources().flatMap((source) => source.stored(name) ?? [])[0]
    if (stored) known[name] = describedTool(stored)
  }
  return known
}

export interface Toolbox {
  tools: ToolSet
  /** Names of those described to the model; all if omitted. */
  told?: string[]
  /** Which calls need the user's approval. */
  approval: ToolApprovalConfiguration<ToolSet, Record<string, unknown>>
}

/** Tools per request: Fireworks refuses more. Our own come first. */
const MAX_TOLD = 128

/** The tools that an answer for this user, in this conversation, may call. */
export async function toolsFor(context: ToolContext): Promise<Toolbox> {
  const chosen = context.settings.tools
  const isBlocked = ({ name }: ToolDefinition) => context.blocked?.includes(name) ?? false
  const all = [...definitions(), ...(await fromSources(context))]
  const wanted = all.filter((one) => (chosen?.includes(one.name) ?? true) && !isBlocked(one))
  const there = await Promise.all(wanted.map(async (definition) => (await definition.isAvailable?.(context)) ?? true))
  const available = wanted.filter((_, place) => there[place]).slice(0, MAX_TOLD)
  const blocked = all.filter(isBlocked)
  return {
    tools: Object.fromEntries([
      ...available.map((definition) => [definition.name, boundedTool(definition, context)]),
      ...blocked.map((definition) => [definition.name, disabledTool(definition)]),
    ]),
    ...(blocked.length > 0 && { told: available.map(({ name }) => name) }),
    approval: Object.fromEntries(
      available.map(({ name, may: { runUnasked }, fingerprint }) => [
        name,
        async (input: unknown) => {
          const unasked = typeof runUnasked === "function" ? await runUnasked(input, context) : runUnasked
          const leave = unasked ? "given" : await context.leaveFor?.(name, fingerprint)
          if (leave === "given") return undefined
          if (fingerprint === undefined) return "user-approval"
          const reason = approvalReason({ fingerprint, changed: leave === "outdated" })
          return { type: "user-approval" as const, reason }
        },
      ]),
    ),
  }
}
