/** `show_chart`: shows the model's input to the user. */
import { defineTool } from "@/lib/ai/tools/define"
import { chartOutput, chartSpec } from "@/lib/ai/tools/show_chart/types"

export default defineTool({
  name: "show_chart",
  description:
    "Show a chart of data that you have: line, bar, area, scatter, pie, or heat map. The person can read each value, see the table, and download it. Say what it shows, don't repeat the values.",
  input: chartSpec,
  output: chartOutput,
  limits: { timeMs: 5_000, resultChars: 1_000, atOnce: 8 },
  may: { useNetwork: false, runUnasked: true },
  run: async () => ({ shown: true as const }),
})
