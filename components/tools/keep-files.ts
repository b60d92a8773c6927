/** Stores files from a code run with the conversation. */
import { ApiError, isFinal } from "@/components/base/api"
import { keepOutput } from "@/components/base/call-api"
import type { Whole } from "@/lib/ai/tools/whole"
import type { Outcome, SandboxFile } from "@/lib/sandbox/messages"

/** A file refused permanently, for lack of space for example, does not affect the others. Throws `ApiError`. */
export async function saveFiles(conversationId: string, files: SandboxFile[]) {
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

/**
 * Stores the full output of a run when only its start is shown; reports it as cut when it can't be stored. Throws
 * `ApiError`.
 */
export async function saveOutput(
  conversationId: string,
  { whole, cut }: Pick<Outcome, "whole" | "cut">,
): Promise<{ whole?: Whole; cut?: true }> {
  if (whole === undefined) return cut ? { cut } : {}
  const { kept } = await saveFiles(conversationId, [{ name: "output.txt", bytes: new TextEncoder().encode(whole) }])
  const [file] = kept
  return { ...(file && { whole: file }), ...((cut || !file) && { cut: true }) }
}
