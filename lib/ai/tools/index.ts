/** The tools that a model may call: each folder here that has a `tool.ts`. */
import type { ToolApprovalConfiguration, ToolSet } from "ai"
import { z } from "zod"
import { boundedTool, describedTool, refusingTool } from "@/lib/ai/tools/bounded"
import {
  type PageTool,
  runsOnPage,
  type ToolContext,
  type ToolDefinition,
  type ToolSource,
} from "@/lib/ai/tools/define"
import { leaveReason } from "@/lib/messages/asked-leave"
import { singleton } from "@/lib/singleton"

// Whole modules: of single exports that are asked for here, Next.js' bundler forgets the names. And awaited: a tool that
// needs the database begins asynchronously.
const found = await Promise.all(
  Object.values(import.meta.glob<{ default: ToolDefinition }>("./*/tool.ts")).map((load) => load()),
)

/** Tools that are no folder here: what comes with the process is added to this list before it listens. */
export const addedTools = (): ToolDefinition[] => singleton("addedTools", () => [])

/** Where else tools come from: the same way. */
export const toolSources = (): ToolSource[] => singleton("toolSources", () => [])

const fromSources = async (context: ToolContext): Promise<ToolDefinition[]> =>
  (await Promise.all(toolSources().map((source) => source.definitions(context)))).flat()

/** All of them, in one order, so that what a prompt begins with stays the same. */
const definitions = (): ToolDefinition[] =>
  [...found.map((module) => module.default), ...addedTools()].sort((a, b) => (a.name < b.name ? -1 : 1))

/** A tool that a page runs or the person answers; undefined for any other name. */
export function pageTool(name: string): PageTool | undefined {
  const definition = definitions().find((one) => one.name === name)
  return definition && runsOnPage(definition) ? definition : undefined
}
export const isPageTool = (name: string): boolean => pageTool(name) !== undefined

/** Names of all tools. */
export const toolNames = (): string[] => definitions().map(({ name }) => name)

/** Characters of a token, as English JSON has them. */
const CHARS_A_TOKEN = 4

/** Made once for a tool: its schema is written out for it. */
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

/** Does somebody else say what this tool is, and what goes wrong with it? */
export const isForeign = (name: string): boolean => toolSources().some((source) => source.stored(name) !== undefined)

/** What telling a model of each tool takes, in tokens, estimated. */
export const toolTokens = (): Record<string, number> =>
  Object.fromEntries(definitions().map((definition) => [definition.name, tokensOf(definition)]))

/** What is known of all tools and of those of these names, for reading results that are stored: none of them can be called. */
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
  /** Names of those that the model is told of; all when left out. */
  told?: string[]
  /** Which calls the person is asked about. */
  approval: ToolApprovalConfiguration<ToolSet, Record<string, unknown>>
}

/** Tools of one request: Fireworks refuses more. Our own come first. */
const MOST_TOLD = 128

/** The tools that the answer of this person, in this conversation, may call. */
export async function toolsFor(context: ToolContext): Promise<Toolbox> {
  const chosen = context.settings.tools
  const isBlocked = ({ name }: ToolDefinition) => context.blocked?.includes(name) ?? false
  const all = [...definitions(), ...(await fromSources(context))]
  const wanted = all.filter((one) => (chosen?.includes(one.name) ?? true) && !isBlocked(one))
  const there = await Promise.all(wanted.map(async (definition) => (await definition.isAvailable?.(context)) ?? true))
  const available = wanted.filter((_, place) => there[place]).slice(0, MOST_TOLD)
  const blocked = all.filter(isBlocked)
  return {
    tools: Object.fromEntries([
      ...available.map((definition) => [definition.name, boundedTool(definition, context)]),
      ...blocked.map((definition) => [definition.name, refusingTool(definition)]),
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
          const reason = leaveReason({ fingerprint, changed: leave === "outdated" })
          return { type: "user-approval" as const, reason }
        },
      ]),
    ),
  }
}
