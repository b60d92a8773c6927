import { runCode } from "@/components/sandbox/run-code"
import { saveOutput } from "@/components/tools/keep-files"
import type { Runner } from "@/components/tools/page-runs"
import { runJavascriptInput } from "@/lib/ai/tools/run_javascript/types"
import { JAVASCRIPT_RUN } from "@/lib/sandbox/limits"

const runJavascript: Runner = async (input, { conversationId, signal, onStage }) => {
  const { code } = runJavascriptInput.parse(input)
  const end = await runCode({ language: "javascript", code, files: [], ...JAVASCRIPT_RUN }, { signal, onStage })
  if ("ended" in end) return { kind: "fault", fault: end.ended }
  const { printed, value, error, tookMs } = end.outcome
  return {
    kind: "output",
    output: { printed, value, error, tookMs, ...(await saveOutput(conversationId, end.outcome)) },
  }
}

export default runJavascript
