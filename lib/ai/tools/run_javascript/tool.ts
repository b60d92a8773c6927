/** `run_javascript`: code of the model, run by QuickJS in the sandbox of the reader's browser (components/tools/run_javascript). */
import { defineTool } from "@/lib/ai/tools/define"
import { runJavascriptInput, runJavascriptOutput } from "@/lib/ai/tools/run_javascript/types"
import { hasSandbox } from "@/lib/sandbox/place"

export default defineTool({
  name: "run_javascript",
  description:
    "Run JavaScript in an isolated interpreter without network, files or DOM (10 seconds, 128 MB). Use it for logic, data transformation, text processing. The person sees the code and its output.",
  input: runJavascriptInput,
  output: runJavascriptOutput,
  limits: { timeMs: 10_000, resultChars: 60_000, atOnce: 1 },
  // It reaches nothing, so nobody is asked, as elsewhere.
  may: { useNetwork: false, runUnasked: true },
  runs: "sandbox",
  isAvailable: hasSandbox,
})
