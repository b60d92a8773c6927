/**
 * `run_javascript`: the model's code, run by QuickJS in a sandbox in the reader's browser
 * (components/tools/run_javascript).
 */
import { defineTool } from "@/lib/ai/tools/define"
import { runJavascriptInput, runJavascriptOutput } from "@/lib/ai/tools/run_javascript/types"
import { JAVASCRIPT_RUN, RUN_CHARS } from "@/lib/sandbox/limits"
import { RUNS_IN_SANDBOX } from "@/lib/sandbox/place"
import { runForModel } from "@/lib/sandbox/ran"

export default defineTool({
  ...RUNS_IN_SANDBOX,
  name: "run_javascript",
  description:
    "Run JavaScript in an isolated interpreter without network, files or DOM (10 seconds, 128 MB). Use it for logic, data transformation, text processing. The person sees the code and its output.",
  input: runJavascriptInput,
  output: runJavascriptOutput,
  limits: { timeMs: JAVASCRIPT_RUN.timeMs, resultChars: RUN_CHARS, atOnce: 1 },
  toModel: runForModel,
})
