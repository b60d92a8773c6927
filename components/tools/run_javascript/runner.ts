import { runCode } from "@/components/sandbox/run-code"
import type { Runner } from "@/components/tools/page-runs"
import { runJavascriptInput } from "@/lib/ai/tools/run_javascript/types"
import { JAVASCRIPT_RUN } from "@/lib/sandbox/limits"

const runJavascript: Runner = async (input, { signal, onStage }) => {
  const { code } = runJavascriptInput.parse(input)
  const end = await runCode({ language: "javascript", code, files: [], ...JAVASCRIPT_RUN }, { signal, onStage })
  if ("ended" in end) return { kind: "fault", fault: end.ended }
  const { printed, value, error, tookMs, cut } = end.outcome
  return { kind: "output", output: { printed, value, error, tookMs, ...(cut && { cut }) } }
}

export default runJavascript
