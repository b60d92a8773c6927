import path from "node:path"
import Sqlite from "better-sqlite3"
import type { ChatPage } from "./fixtures"

/**
 * Replaces the content of the last answer, as another version of the application would have stored it, and reloads the
 * page.
 */
export async function rewriteAnswer(chat: ChatPage, change: Record<string, unknown>): Promise<void> {
  const id = await chat.answer().getAttribute("data-message-id")
  const database = new Sqlite(path.join(chat.app.dataDir, "sparkler.db"), { timeout: 5_000 })
  for (const [column, value] of Object.entries(change))
    database
      .prepare(`UPDATE Message SET "${column}" = ? WHERE id = ?`)
      .run(typeof value === "string" ? value : JSON.stringify(value), id)
  database.close()
  await chat.reload()
}
