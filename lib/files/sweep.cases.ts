/**
 * Files that nothing shows are removed, and content that is added again at the same time stays: in either order, on
 * both databases.
 */
import { createHash, randomUUID } from "node:crypto"
import { expect, test } from "vitest"
import type { Database } from "@/lib/db/client"
import { createFileOf, createFileWith, liveObject, markUnreferenced, type NewFile, storedBytes } from "@/lib/db/files"
import { readFiles, storeFile } from "@/lib/files/files"
import { newKey } from "@/lib/files/keys"
import { fileStorage, inOne } from "@/lib/files/storage"
import { deleteUnusedFiles, removeMarkedObjects, sweepFiles } from "@/lib/files/sweep"

const DAY_MS = 86_400_000
const later = (days: number) => new Date(Date.now() + days * DAY_MS)
const hashOf = (data: Uint8Array) => createHash("sha256").update(data).digest("hex")

export function sweepCases(database: () => Database): void {
  const newUser = async () => (await database().user.create({ data: { id: randomUUID() } })).id
  const fileOf = (userId: string, data: Buffer): NewFile => ({
    ...{ id: randomUUID(), userId, kind: "image" as const, mediaType: "image/png", size: data.length },
    ...{ width: 1, height: 1, name: "a.png" },
  })
  const keep = async (userId: string, data: Buffer) => {
    const file = fileOf(userId, data)
    await storeFile(file, { bytes: data, sha256: hashOf(data) })
    return database().file.findUniqueOrThrow({ where: { id: file.id } })
  }
  const textOf = async (userId: string, id: string) => (await readFiles(userId, [id]))[0]?.data.toString() ?? null
  const newConversation = async (userId: string, fileIds: string[]) => {
    const id = randomUUID()
    const files = { create: fileIds.map((fileId) => ({ fileId })) }
    await database().conversation.create({ data: { id, userId, title: "t", files } })
    return id
  }
  /** Bytes that no other test uses. */
  const newData = () => Buffer.from(randomUUID())

  test("identical content is stored once, until its last file is removed", async () => {
    const [one, two] = [await newUser(), await newUser()]
    const data = newData()
    const [a, b] = [await keep(one, data), await keep(two, data)]
    expect(a.objectKey).toBe(b.objectKey)
    await database().file.delete({ where: { id: a.id } })
    await sweepFiles()
    expect(await textOf(two, b.id)).toBe(data.toString())
    await database().file.delete({ where: { id: b.id } })
    await sweepFiles()
    expect(await fileStorage().has(b.objectKey)).toBe(false)
    expect(await database().storedObject.count({ where: { key: b.objectKey } })).toBe(0)
  })

  test("an unsent upload is removed after a day; a conversation's files are removed when it is purged", async () => {
    const user = await newUser()
    const [unsent, shown] = [await keep(user, newData()), await keep(user, newData())]
    const conversation = await newConversation(user, [shown.id])
    await sweepFiles(later(0.9))
    expect(await database().file.count({ where: { userId: user } })).toBe(2)
    await sweepFiles(later(1.1))
    expect((await database().file.findMany({ where: { userId: user } })).map(({ id }) => id)).toEqual([shown.id])
    expect(await fileStorage().has(unsent.objectKey)).toBe(false)
    // A soft-deleted conversation can be restored.
    await database().conversation.update({ where: { id: conversation }, data: { deletedAt: new Date() } })
    await sweepFiles(later(1.1))
    expect(await textOf(user, shown.id)).not.toBeNull()
    await database().conversation.delete({ where: { id: conversation } })
    await sweepFiles(later(1.1))
    expect(await database().file.count({ where: { userId: user } })).toBe(0)
    expect(await fileStorage().has(shown.objectKey)).toBe(false)
  })

  test("discarded files are removed immediately, unless another conversation shows them", async () => {
    const user = await newUser()
    const [alone, shared] = [await keep(user, newData()), await keep(user, newData())]
    await newConversation(user, [shared.id])
    await deleteUnusedFiles([alone, shared])
    expect(await fileStorage().has(alone.objectKey)).toBe(false)
    expect(await textOf(user, shared.id)).not.toBeNull()
  })

  test("content re-added after its removal has started gets a new object, which the removal leaves alone", async () => {
    const user = await newUser()
    const data = newData()
    const first = await keep(user, data)
    await database().file.delete({ where: { id: first.id } })
    const marked = await markUnreferenced()
    expect(marked).toContain(first.objectKey)
    // Added again here, between the mark and the removal.
    expect(await createFileOf(fileOf(user, data), first.objectKey)).toBe(false)
    const again = await keep(user, data)
    expect(again.objectKey).not.toBe(first.objectKey)
    await removeMarkedObjects(marked, fileStorage())
    expect(await textOf(user, again.id)).toBe(data.toString())
    expect(await fileStorage().has(first.objectKey)).toBe(false)
  })

  test("content re-added before the mark is not removed", async () => {
    const user = await newUser()
    const data = newData()
    const first = await keep(user, data)
    await database().file.delete({ where: { id: first.id } })
    const again = await keep(user, data)
    expect(again.objectKey).toBe(first.objectKey)
    expect(await markUnreferenced([first.objectKey])).not.toContain(first.objectKey)
    expect(await textOf(user, again.id)).toBe(data.toString())
  })

  test("concurrent uploads and removals of the same content lose nothing", async () => {
    const user = await newUser()
    const data = newData()
    for (let round = 0; round < 15; round++) {
      const first = await keep(user, data)
      await database().file.delete({ where: { id: first.id } })
      const [a, b] = await Promise.all([keep(user, data), keep(user, data), sweepFiles(), sweepFiles()])
      expect(await textOf(user, a.id), `round ${round}`).toBe(data.toString())
      expect(await textOf(user, b.id), `round ${round}`).toBe(data.toString())
      await database().file.deleteMany({ where: { userId: user } })
    }
  })

  test("a file sent during the sweep is either sent or removed, never partially", async () => {
    const user = await newUser()
    for (let round = 0; round < 10; round++) {
      const file = await keep(user, newData())
      const [sent] = await Promise.allSettled([newConversation(user, [file.id]), sweepFiles(later(2))])
      expect((await textOf(user, file.id)) !== null, `round ${round}`).toBe(sent.status === "fulfilled")
    }
  })

  test("orphaned bytes are removed after a day, and an interrupted removal is resumed", async () => {
    const user = await newUser()
    const stray = newKey()
    await fileStorage().put(stray, inOne(newData()))
    const halfway = await keep(user, newData())
    await database().file.delete({ where: { id: halfway.id } })
    await markUnreferenced()
    await sweepFiles()
    expect([await fileStorage().has(stray), await fileStorage().has(halfway.objectKey)]).toEqual([true, false])
    await sweepFiles(later(1.1))
    expect(await fileStorage().has(stray)).toBe(false)
  })

  test("bytes older than the database are kept: they belong to another one", async () => {
    const [older, newer] = [newKey(), newKey()]
    for (const key of [older, newer]) await fileStorage().put(key, inOne(newData()))
    const storage = {
      ...fileStorage(),
      list: async function* () {
        yield { key: older, size: 36, modifiedAt: later(-400) }
        yield { key: newer, size: 36, modifiedAt: new Date() }
      },
    }
    await sweepFiles(later(1.1), storage)
    expect([await fileStorage().has(older), await fileStorage().has(newer)]).toEqual([true, false])
  })

  test("bytes lost by the store are restored by the next upload of the same content", async () => {
    const user = await newUser()
    const data = newData()
    const first = await keep(user, data)
    await fileStorage().remove(first.objectKey)
    expect(await textOf(user, first.id)).toBeNull()
    const again = await keep(user, data)
    expect([await textOf(user, first.id), await textOf(user, again.id)]).toEqual([data.toString(), data.toString()])
  })

  test("a user's storage is counted, including derivatives, and deleted with the user", async () => {
    const user = await newUser()
    const data = newData()
    const [one, two] = [await keep(user, data), await keep(user, data)]
    const small = { key: newKey(), ...(await fileStorage().put(newKey(), inOne(newData()))) }
    await createFileWith({ ...fileOf(user, data), size: 5 }, small)
    const derivative = { variant: "thumbnail", objectKey: small.key, mediaType: "image/png", size: 7 }
    await database().derivative.create({ data: { fileId: one.id, ...derivative } })
    expect(await storedBytes(user)).toBe(2 * data.length + 12)
    await newConversation(user, [one.id, two.id])
    await database().user.delete({ where: { id: user } })
    expect(await storedBytes(user)).toBe(0)
    await sweepFiles()
    expect(await fileStorage().has(one.objectKey)).toBe(false)
    expect(await liveObject(hashOf(data))).toBeNull()
  })
}
