import { Chart } from "@/components/charts/chart"
import { toolCard } from "@/components/tools/tool-card"
import { chartOutput, chartSpec } from "@/lib/ai/tools/show_chart/types"

/** The chart of `show_chart`. */
export default toolCard({ input: chartSpec, output: chartOutput, Result: ({ input }) => <Chart spec={input} /> })
