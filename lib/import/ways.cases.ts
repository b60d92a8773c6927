/** How an import ends: complete, cancelled, after a crash, at its limits, and never for another user. */
import { v7 as uuidv7 } from "uuid"
import { expect, test } from "vitest"
import { config } from "@/lib/config"
import type { Database } from "@/lib/db/client"
import { claudeChat, jsonFile } from "@/lib/import/files.fixture"
import { beginImport, cancelImport, importState, startImport } from "@/lib/import/import"
import { importing, streamOf } from "@/lib/import/import.fixture"
import { packedZeros, zipWithStatedSize } from "@/lib/import/read/bombs.fixture"
import { stagedBytes } from "@/lib/import/stage"

export function importWayCases(database: () => Database): void {
  const { newUser, runJobs, uploaded, imported, chatsOf } = importing(database)

  test("a chat is imported completely or not at all; after a cancel, stored chats remain", async () => {
    const user = await newUser()
    const long = {
      ...claudeChat("long"),
      chat_messages: Array.from({ length: 3_000 }, (_, n) => ({
        uuid: `u${n}`,
        sender: "human",
        text: `message ${n}`,
        created_at: null,
      })),
    }
    const id = await uploaded(user, jsonFile([claudeChat("short"), long]))
    await startImport(user, id, [[0, 1]])
    await runJobs(async () => {
      await expect
        .poll(async () => database().message.count({ where: { conversation: { userId: user } } }))
        .toBeGreaterThan(200)
      await cancelImport(user, id)
    })
    expect(await importState(user, id, "en")).toMatchObject({ state: "cancelled", result: { imported: 1 } })
    expect(await database().conversation.count({ where: { userId: user } })).toBe(1)
    expect(await database().message.count({ where: { conversation: { userId: user } } })).toBe(3)
    // The next import can start.
    expect(await imported(user, jsonFile([claudeChat("short"), long]))).toMatchObject({ imported: 1, there: 1 })
  })

  test("after a process restart the import resumes where it was and creates no duplicates", async () => {
    const user = await newUser()
    const many = Array.from({ length: 40 }, (_, n) => ({ ...claudeChat(`n${n}`), name: `n${n}` }))
    const id = await uploaded(user, jsonFile(many))
    await startImport(user, id, [[0, 39]])
    await runJobs(async (runner) => {
      await expect.poll(async () => database().importedChat.count({ where: { userId: user } })).toBeGreaterThan(3)
      await runner.stop()
    })
    expect((await importState(user, id, "en")).state).toBe("importing")
    await runJobs()
    expect(await importState(user, id, "en")).toMatchObject({ state: "done", result: { imported: 40, there: 0 } })
    expect(await database().conversation.count({ where: { userId: user } })).toBe(40)
  })

  test("characters that databases reject are replaced: NUL and lone surrogates", async () => {
    const user = await newUser()
    const text = JSON.stringify([{ ...claudeChat("odd\u0000id"), name: "a\u0000b" }]).replaceAll(
      "Bake hotter.",
      "\\ud83d half\\u0000",
    )
    expect(await imported(user, Buffer.from(text))).toMatchObject({ imported: 1, failed: [] })
    expect((await chatsOf(user))[0]?.title).toBe("a\uFFFDb")
    expect(await imported(user, Buffer.from(text))).toMatchObject({ there: 1 })
  })

  test("a file counts toward the storage quota; one that does not fit is rejected and leaves nothing", async () => {
    const user = await newUser()
    const file = jsonFile([claudeChat()])
    await expect(beginImport(user, streamOf(file), "chats.json", file.length - 1)).rejects.toMatchObject({
      key: "limit:reached/storage_import",
    })
    expect(await stagedBytes(user)).toBe(0)
    await beginImport(user, streamOf(file), "chats.json", file.length)
    expect(await stagedBytes(user)).toBe(file.length)
    await runJobs()
  })

  test("an endless file is cut at the limit and leaves nothing; a malicious one is rejected with a message", async () => {
    const user = await newUser()
    const most = config().limits.importBytes
    let given = 0
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
      given++
      controller.enqueue(new Uint8Array(100_000).fill(32))
    }
    config().limits.importBytes = 1_000_000
    try {
      const endless = beginImport(user, new ReadableStream({ pull }), "chats.json")
      await expect(endless).rejects.toMatchObject({ code: "import:too_large" })
    } finally {
      config().limits.importBytes = most
    }
    expect(given).toBeLessThan(20)
    expect(await stagedBytes(user)).toBe(0)
    const id = await uploaded(user, zipWithStatedSize("conversations.json", packedZeros(100), 100_000_000))
    const { state, error } = await importState(user, id, "en")
    expect({ state, error }).toEqual({ state: "failed", error: expect.stringContaining("many times its size") })
    expect(await stagedBytes(user)).toBe(0)
  })

  test("uploads are rate-limited per user and hour, without affecting others", async () => {
    const [user, other] = [await newUser(), await newUser()]
    const begin = (id: string) => beginImport(id, streamOf(jsonFile([])), "chats.json", 0)
    const codes: string[] = []
    for (let n = 0; n < 31; n++) codes.push(await begin(user).then(String, (error) => error.key))
    expect(codes.slice(0, 30).every((code) => code === "limit:reached/storage_import")).toBe(true)
    expect(codes.at(-1)).toBe("limit:reached/attempts")
    await expect(begin(other)).rejects.toMatchObject({ key: "limit:reached/storage_import" })
  })

  test("an import can be canceled while its file is read, and another one starts immediately", async () => {
    const user = await newUser()
    const text = "word ".repeat(2_000_000)
    const large = jsonFile(Array.from({ length: 4 }, () => ({ ...claudeChat(uuidv7()), name: text })))
    const id = await beginImport(user, streamOf(large), "large.json")
    await runJobs(async () => {
      expect((await importState(user, id, "en")).state).toBe("reading")
      await cancelImport(user, id)
      await expect(importState(user, id, "en")).rejects.toMatchObject({ code: "import:not_found" })
      await beginImport(user, streamOf(jsonFile([claudeChat()])), "small.json")
    })
    expect(await database().conversation.count({ where: { userId: user } })).toBe(0)
  })

  test("another user's import is not found", async () => {
    const [one, other] = [await newUser(), await newUser()]
    const id = await uploaded(one, jsonFile([claudeChat()]))
    await expect(importState(other, id, "en")).rejects.toMatchObject({ code: "import:not_found" })
    await expect(startImport(other, id, [[0, 0]])).rejects.toMatchObject({ code: "import:not_found" })
    await expect(cancelImport(other, id)).rejects.toMatchObject({ code: "import:not_found" })
    await cancelImport(one, id)
    await expect(importState(one, id, "en")).rejects.toMatchObject({ code: "import:not_found" })
  })
}
