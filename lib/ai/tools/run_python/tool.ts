/**
 * `run_python`: the model's code, run by Pyodide in a sandbox in the reader's browser (components/tools/run_python).
 */
import { defineTool } from "@/lib/ai/tools/define"
import { runPythonInput, runPythonOutput } from "@/lib/ai/tools/run_python/types"
import { PYTHON_RUN, RUN_CHARS } from "@/lib/sandbox/limits"
import { RUNS_IN_SANDBOX } from "@/lib/sandbox/place"
import { runForModel } from "@/lib/sandbox/ran"

export default defineTool({
  ...RUNS_IN_SANDBOX,
  name: "run_python",
  description:
    "Run Python in an isolated interpreter without network (60 seconds, 512 MB; standard library). Text files that the person attached are in the working directory under their names. Files that you write into the working directory become downloads. To show a chart, `import sparkler` and call `sparkler.show_chart(**arguments)` with the arguments of the tool show_chart. Each call starts with a fresh interpreter. The person sees the code and its output.",
  input: runPythonInput,
  output: runPythonOutput,
  limits: { timeMs: PYTHON_RUN.timeMs, resultChars: RUN_CHARS, atOnce: 1 },
  toModel: ({ charts, ...told }) => runForModel({ ...told, ...(charts && { chartsShown: charts.length }) }),
})
