/** Default tools for the chats of a folder. */
import { v7 as uuidv7 } from "uuid"
import { expect, test } from "vitest"
import { z } from "zod"
import { folderTools, makeFolder, setFolderTools } from "@/lib/chat/list/folders"
import { readSettings } from "@/lib/chat/settings"
import { ask, eventsOf, newGuest, send, setUp, started, user } from "@/lib/generation/generation.fixture"

setUp()

const bodySchema = z.looseObject({ tools: z.array(z.object({ function: z.object({ name: z.string() }) })).optional() })
const namesTold = () =>
  bodySchema
    .parse(started.server.requests.findLast(({ body }) => "stream" in Object(body))?.body)
    .tools?.map(({ function: { name } }) => name)

test("a chat started in a folder gets the folder's tools, unless others are chosen", async () => {
  await eventsOf((await send(ask("[[echo]] hi"))).response)
  const folderId = uuidv7()
  await makeFolder(user.id, folderId, "Sums")
  expect(await folderTools(user.id, folderId)).toBeUndefined()
  await setFolderTools(user.id, folderId, ["calculate"])
  const request = ask("[[echo]] hi", { folderId })
  await eventsOf((await send(request)).response)
  expect(namesTold()).toEqual(["calculate"])
  const row = await started.testDb.database.conversation.findUniqueOrThrow({ where: { id: request.id } })
  expect([row.folderId, readSettings(row.settings).tools]).toEqual([folderId, ["calculate"]])
  await eventsOf((await send(ask("[[echo]] hi", { folderId, settings: {} }))).response)
  expect(namesTold()?.length).toBeGreaterThan(3)
  await setFolderTools(user.id, folderId, null)
  expect(await folderTools(user.id, folderId)).toBeUndefined()
})

test("another user's folder has no effect", async () => {
  const folderId = uuidv7()
  await makeFolder(user.id, folderId, "Mine")
  const other = await newGuest()
  await expect(setFolderTools(other.id, folderId, [])).rejects.toMatchObject({ code: "folder:not_found" })
  await setFolderTools(user.id, folderId, [])
  expect([await folderTools(other.id, folderId), await folderTools(user.id, folderId)]).toEqual([undefined, []])
})
