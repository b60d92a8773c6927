import { DataTable } from "@/components/data-table/data-table"
import { toolCard } from "@/components/tools/tool-card"
import { tableInput, tableOutput } from "@/lib/ai/tools/show_table/types"

/** The table of `show_table`. */
export default toolCard({ input: tableInput, output: tableOutput, Result: ({ input }) => <DataTable table={input} /> })
