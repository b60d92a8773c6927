import { z } from "zod"

const MAX_CELLS = 20_000

const cell = z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()])
export type Cell = z.infer<typeof cell>

export const tableInput = z
  .object({
    title: z.string().max(200).optional(),
    columns: z.array(z.string().max(200)).min(1).max(50).describe("Names of the columns"),
    rows: z.array(z.array(cell).max(50)).max(5_000).describe("Each row has a cell for each column; numbers as numbers"),
  })
  .superRefine(({ columns, rows }, context) => {
    if (rows.length * columns.length > MAX_CELLS)
      context.addIssue({ code: "custom", message: `more than ${MAX_CELLS} cells` })
    if (rows.some((row) => row.length !== columns.length))
      context.addIssue({ code: "custom", message: `each row needs ${columns.length} cells` })
  })

export const tableOutput = z.object({ shown: z.literal(true), rows: z.number().int() })

export type TableInput = z.infer<typeof tableInput>
