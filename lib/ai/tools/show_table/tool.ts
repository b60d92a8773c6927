/** `show_table`: shows the model's input to the user. */
import { defineTool } from "@/lib/ai/tools/define"
import { tableInput, tableOutput } from "@/lib/ai/tools/show_table/types"

export default defineTool({
  name: "show_table",
  description:
    "Show a table that the person can sort, filter, copy, and download. For many rows or columns, or when they will work with the data; for a few rows, a Markdown table is better.",
  input: tableInput,
  output: tableOutput,
  limits: { timeMs: 5_000, resultChars: 1_000, atOnce: 8 },
  may: { useNetwork: false, runUnasked: true },
  run: async ({ rows }) => ({ shown: true as const, rows: rows.length }),
})
