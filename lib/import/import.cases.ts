/** From a file to chats: what is imported, what already exists, what fails, on either database. */
import { expect, test } from "vitest"
import type { Database } from "@/lib/db/client"
import {
  chatgptChat,
  chatgptZip,
  chatuiZip,
  claudeChat,
  jsonFile,
  librechatChat,
  openwebuiChat,
  zipFile,
} from "@/lib/import/files.fixture"
import { importState, previewOf, startImport } from "@/lib/import/import"
import { importing } from "@/lib/import/import.fixture"
import { changeSettings } from "@/lib/operator/settings"
import { searchConversations } from "@/lib/search/search"

export function importCases(database: () => Database): void {
  const { newUser, runJobs, uploaded, imported, chatsOf } = importing(database)

  test("a ChatGPT zip: first a preview, then branches, dates, and the image", async () => {
    const user = await newUser()
    const id = await uploaded(
      user,
      chatgptZip([chatgptChat(), { ...chatgptChat("broken"), mapping: {} }, { title: "odd" }]),
    )
    expect(await importState(user, id, "en")).toMatchObject({ state: "ready", name: "export.zip", result: null })
    expect(await previewOf(user, id)).toEqual({
      chats: [
        {
          ...{
            source: "chatgpt",
            title: "Garden plans",
            messages: 5,
            images: 1,
            versions: 1,
            losses: {},
            there: false,
          },
          ...{ from: 1_756_000_000_500, to: 1_756_000_400_000 },
        },
      ],
      unread: [
        { title: "Garden plans", why: "empty" },
        { title: "odd", why: "unknown" },
      ],
      ...{ moreUnread: 0, losses: [], extras: null },
    })
    await startImport(user, id, [[0, 0]])
    await runJobs()
    expect((await importState(user, id, "en")).result).toEqual({
      imported: 1,
      there: 0,
      failed: [],
      images: 1,
      lostImages: [],
    })
    const [chat] = await chatsOf(user)
    expect(chat).toMatchObject({ title: "Garden plans", titleSource: "user", model: null, folderId: null })
    expect([chat?.createdAt.getTime(), chat?.updatedAt.getTime()]).toEqual([1_756_000_000_500, 1_756_000_400_000])
    expect(chat?.pinnedAt).not.toBeNull()
    const [question, first, second] = chat?.messages ?? []
    expect([first?.parentId, second?.parentId]).toEqual([question?.id, question?.id])
    expect(chat?.messages.at(-1)?.id).toBe(chat?.activeLeafId)
    expect([first?.model, second?.model]).toEqual(["gpt-5", "gpt-5-thinking"])
    expect(question?.createdAt.getTime()).toBe(1_756_000_001_000)
    expect(question?.parts).toMatchObject([
      { type: "file", mediaType: "image/png", filename: "bed.png" },
      { type: "text" },
    ])
    expect(chat?.files).toHaveLength(1)
    const { hits } = await searchConversations(user, "hydrangeas", { limit: 20 })
    expect(hits.map((hit) => hit.conversationId)).toEqual([chat?.id])
  })

  test("importing the same file again creates no duplicates; chats deleted meanwhile come back", async () => {
    const user = await newUser()
    const file = jsonFile([openwebuiChat(), openwebuiChat("another")])
    expect(await imported(user, file)).toMatchObject({ imported: 2, there: 0, images: 2 })
    const again = await uploaded(user, file)
    expect((await previewOf(user, again)).chats.map(({ there }) => there)).toEqual([true, true])
    await startImport(user, again, [[0, 1]])
    await runJobs()
    expect((await importState(user, again, "en")).result).toMatchObject({ imported: 0, there: 2 })
    const [one] = await chatsOf(user)
    await database().conversation.update({ where: { id: one?.id ?? "" }, data: { deletedAt: new Date() } })
    expect(await imported(user, file)).toMatchObject({ imported: 1, there: 1 })
    expect(await chatsOf(user)).toHaveLength(2)
    // Other users' chats don't count as existing.
    expect(await imported(await newUser(), file)).toMatchObject({ imported: 2, there: 0 })
  })

  test("files of all other sources", async () => {
    const user = await newUser()
    for (const file of [
      jsonFile([claudeChat()]),
      jsonFile(librechatChat(true)),
      jsonFile(librechatChat(false)),
      chatuiZip(),
    ])
      expect(await imported(user, file)).toMatchObject({ imported: 1, failed: [], lostImages: [] })
    expect(await imported(user, zipFile({ "a.json": librechatChat(true), "other.json": { x: 1 } }))).toMatchObject({
      there: 1,
    })
    const chats = await chatsOf(user)
    expect(chats.map(({ messages }) => messages.length)).toEqual([3, 3, 3, 3])
    expect(chats.flatMap(({ files }) => files)).toHaveLength(1)
  })

  test("only the selected chats are imported", async () => {
    const user = await newUser()
    const id = await uploaded(user, jsonFile(["a", "b", "c", "d"].map((name) => ({ ...claudeChat(name), name }))))
    await startImport(user, id, [
      [1, 1],
      [3, 3],
    ])
    await runJobs()
    expect((await chatsOf(user)).map(({ title }) => title).sort()).toEqual(["b", "d"])
    await expect(startImport(user, id, [[0, 0]])).rejects.toMatchObject({ code: "import:not_ready" })
  })

  test("an invalid image is reported, and the chat is imported", async () => {
    const user = await newUser()
    const result = await imported(
      user,
      zipFile({ "conversations.json": [chatgptChat()], "file-Ab12Cd34-bed.png": Buffer.from("<svg/>") }),
    )
    expect(result).toMatchObject({
      imported: 1,
      lostImages: [{ name: "bed.png", why: expect.stringContaining("bed.png") }],
    })
    const [chat] = await chatsOf(user)
    expect(chat?.messages[0]?.parts).toMatchObject([{ type: "text", text: "[bed.png]" }, { text: "What grows here?" }])
  })

  test("if the operator disallows uploads, chats are imported without their images", async () => {
    await changeSettings({ uploads: false })
    const result = await imported(await newUser(), chatgptZip())
    await changeSettings({ uploads: null })
    expect(result).toMatchObject({ imported: 1, images: 0, lostImages: [{ name: "bed.png" }] })
  })
}
