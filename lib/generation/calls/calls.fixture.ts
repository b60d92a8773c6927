/** Fixture for answers that call tools: a tool that a test controls, and the results of its calls. */
import { afterEach, beforeEach } from "vitest"
import { z } from "zod"
import { addedTools } from "@/lib/ai/tools"
import { defineTool } from "@/lib/ai/tools/define"
import { eventsOf, modules, never, started, user } from "@/lib/generation/generation.fixture"
import type { CallPart } from "@/lib/messages/parts"
import type { ChatMessage } from "@/lib/messages/types"

interface EraseNote {
  runUnasked: boolean
  /** Runs during the call, with the place whose note is erased. */
  onRun: (location: string) => Promise<void> | void
}

/** The demo model calls this tool when asked to erase the note of a place. */
export function addEraseNote({ runUnasked, onRun }: EraseNote): void {
  beforeEach(() => {
    addedTools().push(
      defineTool({
        name: "erase_note",
        description: "Erase a note of the person.",
        input: z.object({ location: z.string().trim() }),
        output: z.object({ erased: z.string() }),
        limits: { timeMs: 60_000, resultChars: 1_000, atOnce: 8 },
        may: { useNetwork: false, runUnasked },
        run: async ({ location }) => {
          await onRun(location)
          return { erased: location }
        },
      }),
    )
  })
  afterEach(() => void addedTools().pop())
}

export const callsOf = (message: ChatMessage | undefined): CallPart[] =>
  (message?.parts ?? []).filter((part): part is CallPart => "toolCallId" in part)

/** Reads whatever is being written in a conversation to its end. */
export async function follow(conversationId: string) {
  const { followConversation } = await modules()
  return eventsOf(await followConversation(user.id, conversationId, [{ after: -1 }], { signal: never }))
}

/** What the model server was sent for answers, without the concurrent title requests, which have no tools. */
export const bodies = () =>
  started.server.requests
    .filter(({ path, body }) => path.endsWith("/chat/completions") && JSON.stringify(body).includes('"tools":'))
    .map(({ body }) => body)
export const lastBody = () => bodies().at(-1)
