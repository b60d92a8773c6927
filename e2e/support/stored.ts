/** Invariants of the database file, which is read directly. */
import path from "node:path"
import { expect } from "@playwright/test"
import Database from "better-sqlite3"
import { z } from "zod"

const ALWAYS = {
  "a parent that is not in the conversation": `SELECT m.id FROM Message m WHERE m.parentId IS NOT NULL AND NOT EXISTS
    (SELECT 1 FROM Message p WHERE p.id = m.parentId AND p.conversationId = m.conversationId)`,
  "a shown branch that ends nowhere": `SELECT c.id FROM Conversation c WHERE NOT EXISTS
    (SELECT 1 FROM Message m WHERE m.id = c.activeLeafId AND m.conversationId = c.id)`,
  "an answer that not exactly one generation writes": `SELECT m.id FROM Message m WHERE m.role = 'assistant' AND
    (SELECT count(*) FROM Generation g WHERE g.messageId = m.id) <> 1`,
  "a status that contradicts the generation": `SELECT m.id FROM Message m JOIN Generation g ON g.messageId = m.id
    WHERE (m.status = 'streaming') <> (g.endedAt IS NULL)`,
  "a log whose generation has ended": `SELECT c.generationId FROM GenerationChunk c JOIN Generation g
    ON g.id = c.generationId WHERE g.endedAt IS NOT NULL`,
  "a row that points at nothing": "SELECT * FROM pragma_foreign_key_check",
  "a broken page": "SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
}

const AT_REST = {
  "a generation that was left open": "SELECT id FROM Generation WHERE endedAt IS NULL",
  "a log that was left": "SELECT generationId FROM GenerationChunk",
  "a message that nobody writes": "SELECT id FROM Message WHERE status = 'streaming'",
}

/** Checks the rows against each other; `atRest`: no answer is running and none was left behind. */
export function checkStored(dataDir: string, { atRest }: { atRest: boolean }): void {
  for (const [wrong, query] of Object.entries({ ...ALWAYS, ...(atRest ? AT_REST : {}) }))
    expect(rowsOf(dataDir, query), wrong).toEqual([])
}

const logRow = z.object({
  messageId: z.string(),
  events: z
    .string()
    .transform((json) => z.array(z.looseObject({ delta: z.string().optional() })).parse(JSON.parse(json))),
})

/** The text in the logs of open answers, by the answer's id. */
export function loggedTexts(dataDir: string): Map<string, string> {
  const texts = new Map<string, string>()
  const query = `SELECT g.messageId, c.events FROM GenerationChunk c JOIN Generation g ON g.id = c.generationId
    ORDER BY c.seq`
  for (const row of rowsOf(dataDir, query)) {
    const { messageId, events } = logRow.parse(row)
    texts.set(messageId, (texts.get(messageId) ?? "") + events.map(({ delta = "" }) => delta).join(""))
  }
  return texts
}

function rowsOf(dataDir: string, query: string): unknown[] {
  const database = new Database(path.join(dataDir, "sparkler.db"), { readonly: true, fileMustExist: true })
  try {
    return database.prepare(query).all()
  } finally {
    database.close()
  }
}
