/** Keeps what a run of code left as files of the conversation. */
import { ApiError, isFinal } from "@/components/base/api"
import { keepOutput } from "@/components/base/call-api"
import type { Whole } from "@/lib/ai/tools/whole"
import type { Outcome, SandboxFile } from "@/lib/sandbox/messages"

/** A file that is refused for good, as where there is no room, takes nothing of the rest along. Throws `ApiError`. */
export async function keepAll(conversationId: string, files: SandboxFile[]) {
  const kept: Whole[] = []
  const unkept: { name: string; reason: string }[] = []
  for (const file of files) {
    const name = file.name.replace(/[\p{Cc}\p{Zl}\p{Zp}/\\]/gu, "_")
    try {
      kept.push(await keepOutput(conversationId, name, file.bytes))
    } catch (error) {
      if (!(error instanceof ApiError && isFinal(error)) || error.status === 401) throw error
      unkept.push({ name, reason: error.message })
    }
  }
  return { kept, unkept }
}

/** All that a run said, where only the beginning is shown; what can't be kept is told as cut. Throws `ApiError`. */
export async function keepSaid(
  conversationId: string,
  { whole, cut }: Pick<Outcome, "whole" | "cut">,
): Promise<{ whole?: Whole; cut?: true }> {
  if (whole === undefined) return cut ? { cut } : {}
  const { kept } = await keepAll(conversationId, [{ name: "output.txt", bytes: new TextEncoder().encode(whole) }])
  const [file] = kept
  return { ...(file && { whole: file }), ...((cut || !file) && { cut: true }) }
}
