import { readError, unreachable } from "@/components/base/api"
import { runCode } from "@/components/sandbox/run-code"
import { saveFiles, saveOutput } from "@/components/tools/keep-files"
import type { Runner } from "@/components/tools/page-runs"
import { runPythonInput } from "@/lib/ai/tools/run_python/types"
import type { CallFile } from "@/lib/messages/page-calls"
import { MAX_FILE_BYTES, PYTHON_RUN } from "@/lib/sandbox/limits"
import type { SandboxFile } from "@/lib/sandbox/messages"

const runPython: Runner = async (input, { conversationId, files, signal, onStage }) => {
  const { code } = runPythonInput.parse(input)
  const read = await filesNamedIn(code, files)
  const end = await runCode({ language: "python", code, files: read, ...PYTHON_RUN }, { signal, onStage })
  if ("ended" in end) return { kind: "fault", fault: end.ended }
  const { printed, value, error, charts, tookMs } = end.outcome
  const { kept, unkept } = await saveFiles(conversationId, end.outcome.files)
  return {
    kind: "output",
    output: {
      ...{ printed, value, error, tookMs },
      ...(kept.length > 0 && { files: kept }),
      ...(unkept.length > 0 && { unkept }),
      ...(charts.length > 0 && { charts }),
      ...(await saveOutput(conversationId, end.outcome)),
    },
  }
}

/** Loads the bytes of text files, and of other files that the code names or might list. */
async function filesNamedIn(code: string, files: CallFile[]): Promise<SandboxFile[]> {
  const lists = /\b(?:listdir|glob|iterdir|walk|scandir)\b/.test(code)
  const read: SandboxFile[] = []
  let room = MAX_FILE_BYTES
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
  // Only our own URLs, whatever is stored.
  if (!url?.startsWith("/api/")) return null
  const response = await fetch(url).catch((error: unknown) => {
    throw unreachable(error)
  })
  // It was deleted in the meantime.
  if (response.status === 404) return null
  if (!response.ok) throw await readError(response)
  return new Uint8Array(await response.arrayBuffer())
}

export default runPython
