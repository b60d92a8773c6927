/** The encrypted values in the database, and whether this installation's secret decrypts them. */
import type { Source } from "@/lib/db/copy/tables"
import { PURPOSES, unseal } from "@/lib/seal"

export const SEALED_COLUMNS: { table: string; column: string; purpose: string }[] = [
  { table: "OwnKey", column: "sealed", purpose: PURPOSES.ownKey },
  { table: "McpServer", column: "sealed", purpose: PURPOSES.mcpServer },
  { table: "Document", column: "password", purpose: PURPOSES.documentPassword },
]

/**
 * How many rows were encrypted with a different secret: people's API keys, access to MCP servers, passwords of
 * documents.
 */
export async function sealedElsewhere({ tables, rows }: Source, secret: string): Promise<number> {
  let count = 0
  for (const { table: name, column, purpose } of SEALED_COLUMNS) {
    const table = tables.find((one) => one.name === name)
    const place = table?.columns.findIndex((one) => one.name === column) ?? -1
    if (!table || place < 0) continue
    for await (const batch of rows(table))
      count += batch.filter((row) => row[place] !== null && !opens(String(row[place]), secret, purpose)).length
  }
  return count
}

function opens(text: string, secret: string, purpose: string): boolean {
  try {
    unseal(text, secret, purpose)
    return true
  } catch {
    return false
  }
}
