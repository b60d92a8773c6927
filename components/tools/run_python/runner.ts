import { ApiError, isFinal, readError, unreachable } from "@/components/base/api"
import { keepOutput } from "@/components/base/call-api"
import { runCode } from "@/components/sandbox/run-code"
import type { Runner } from "@/components/tools/page-runs"
import { runPythonInput } from "@/lib/ai/tools/run_python/types"
import type { CallFile } from "@/lib/messages/page-calls"
import { MOST_FILE_BYTES, PYTHON_RUN } from "@/lib/sandbox/limits"
import type { SandboxFile } from "@/lib/sandbox/messages"

const runPython: Runner = async (input, { conversationId, files, signal, onStage }) => {
  const { code } = runPythonInput.parse(input)
  const read = await filesNamedIn(code, files)
  const end = await runCode({ language: "python", code, files: read, ...PYTHON_RUN }, { signal, onStage })
  if ("ended" in end) return { kind: "fault", fault: end.ended }
  const { printed, value, error, charts, tookMs, cut } = end.outcome
  const { kept, unkept } = await keepAll(conversationId, end.outcome.files)
  return {
    kind: "output",
    output: {
      ...{ printed, value, error, tookMs },
      ...(kept.length > 0 && { files: kept }),
      ...(unkept.length > 0 && { unkept }),
      ...(charts.length > 0 && { charts }),
      ...(cut && { cut }),
    },
  }
}

/** A file that is refused for good, as where there is no room, takes nothing of the rest along. */
async function keepAll(conversationId: string, files: SandboxFile[]) {
  const kept: Awaited<ReturnType<typeof keepOutput>>[] = []
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

/** The bytes of text files, and of others that the code names or may look for: those are fetched. */
async function filesNamedIn(code: string, files: CallFile[]): Promise<SandboxFile[]> {
  const lists = /\b(?:listdir|glob|iterdir|walk|scandir)\b/.test(code)
  const read: SandboxFile[] = []
  let room = MOST_FILE_BYTES
  for (const file of files) {
    if (file.text === undefined && !lists && !code.includes(file.name)) continue
    const bytes = await bytesOf(file)
    if (!bytes || bytes.length > room) continue
    room -= bytes.length
    read.push({ name: file.name.slice(-255), bytes })
  }
  return read
}

async function bytesOf({ text, url }: CallFile): Promise<Uint8Array<ArrayBuffer> | null> {
  if (text !== undefined) return new TextEncoder().encode(text)
  // One of our own, whatever is stored.
  if (!url?.startsWith("/api/")) return null
  const response = await fetch(url).catch((error: unknown) => {
    throw unreachable(error)
  })
  // It was deleted meanwhile.
  if (response.status === 404) return null
  if (!response.ok) throw await readError(response)
  return new Uint8Array(await response.arrayBuffer())
}

export default runPython
