/**
 * The life of documents: they move with a guest, are included in exports, and are deleted with their chat and their
 * person.
 */
import { unzipSync } from "fflate"
import { expect, test } from "vitest"
import { deleteAccount } from "@/lib/accounts/accounts"
import { mergeGuestIntoAccount } from "@/lib/accounts/take-along"
import { testAccount, testGuest } from "@/lib/auth/guest.fixture"
import { deleteConversation, purgeDeleted } from "@/lib/chat/conversations"
import { encryptedPdf, plainPdf } from "@/lib/documents/read/pdf.fixture"
import { addDocument, documentOf, unlockDocument } from "@/lib/documents/store/documents"
import { pagePicture, pagesForModel } from "@/lib/documents/store/pictures"
import { exportAll, exportChat } from "@/lib/export/export"
import { fileStorage } from "@/lib/files/storage"
import { sweepFiles } from "@/lib/files/sweep"
import { ask, send, setUp, started } from "@/lib/generation/generation.fixture"
import { searchConversations } from "@/lib/search/search"

setUp()

const DAY_MS = 86_400_000
const later = (days: number) => new Date(Date.now() + days * DAY_MS)

/** A chat of this person about one of their documents, with a rendered image of its first page. */
async function chatAbout(userId: string, bytes: Uint8Array, name = "Report.pdf") {
  const { id } = await addDocument(userId, bytes, { name, mostBytes: null })
  const request = ask("[[echo]] What is it?")
  request.message.parts.unshift({ type: "data-document", data: { documentId: id, mode: "auto" } })
  await (await send(request, { id: userId, guest: true, name: null })).response?.text()
  await (await pagePicture(userId, id, 1, 320))?.body[Symbol.asyncIterator]().return?.()
  return { id, chat: request.id }
}

/** What is stored of a document: its row, its pages, and the keys of its bytes. */
async function keptOf(id: string) {
  const { database } = started.testDb
  const file = await database.file.findUnique({ where: { id } })
  const made = await database.derivative.findMany({ where: { fileId: id } })
  const keys = [...(file ? [file.objectKey] : []), ...made.map(({ objectKey }) => objectKey)]
  const pages = await database.documentPage.count({ where: { documentId: id } })
  return { row: await database.document.findUnique({ where: { fileId: id } }), pages, keys }
}

/** All files of a zip response. */
const filesIn = async (response: Response) => unzipSync(new Uint8Array(await response.arrayBuffer()))

test("a guest's documents move into the account: pages, images, passwords, search", async () => {
  const [guest, account] = [await testGuest(), await testAccount()]
  const { id, chat } = await chatAbout(guest.id, await plainPdf(3))
  const locked = await addDocument(guest.id, encryptedPdf("open sesame"), { name: "secret.pdf", mostBytes: null })
  const before = await documentOf(guest.id, id)
  expect(await mergeGuestIntoAccount({ from: guest.id, to: account.id })).toBe(true)
  expect(await documentOf(account.id, id)).toEqual(before)
  expect((await pagesForModel(account.id, id, 2, 2))[0]?.text).toContain("word2")
  expect(await pagePicture(account.id, id, 2, 320)).not.toBeNull()
  expect(await unlockDocument(account.id, locked.id, "open sesame")).toMatchObject({ status: "ready" })
  const { hits } = await searchConversations(account.id, "word3", { limit: 10 })
  expect(hits.map(({ conversationId, message }) => [conversationId, message?.document?.page])).toContainEqual([chat, 3])
  await expect(documentOf(guest.id, id)).rejects.toMatchObject({ code: "document:not_found" })
})

test("an export contains the original file, referenced by its chat", async () => {
  const { id: userId } = await testGuest()
  const bytes = await plainPdf(2)
  const { id, chat } = await chatAbout(userId, bytes)
  for (const exported of [() => exportChat(userId, chat, "zip", "en"), () => exportAll(userId, "en")]) {
    const files = await filesIn(await exported())
    const [name = ""] = Object.keys(files).filter((file) => file.includes(id))
    expect(name).toMatch(/^files\/.*\.pdf$/)
    expect(Buffer.from(files[name] ?? []).equals(Buffer.from(bytes))).toBe(true)
    const texts = Object.entries(files).filter(([file]) => /\.(?:md|json)$/.test(file))
    expect(texts.filter(([, text]) => Buffer.from(text).includes("Report.pdf")).length).toBeGreaterThan(0)
  }
})

test("a document is deleted when its chat is purged: its rows, pages, bytes and images", async () => {
  const { id: userId } = await testGuest()
  const { id, chat } = await chatAbout(userId, await plainPdf(4))
  const { keys } = await keptOf(id)
  expect(keys.length).toBeGreaterThan(1)
  await deleteConversation(userId, chat)
  await sweepFiles(later(2))
  // It can be restored.
  expect(await keptOf(id)).toMatchObject({ pages: 4, row: { status: "ready" } })
  await purgeDeleted(later(60))
  await sweepFiles(later(62))
  expect(await keptOf(id)).toEqual({ row: null, pages: 0, keys: [] })
  for (const key of keys) expect(await fileStorage().has(key)).toBe(false)
})

test("a document that was never sent is deleted after a day", async () => {
  const { id: userId } = await testGuest()
  const { id } = await addDocument(userId, await plainPdf(5), { name: "draft.pdf", mostBytes: null })
  await sweepFiles(later(0.9))
  expect(await keptOf(id)).toMatchObject({ pages: 5 })
  await sweepFiles(later(1.1))
  expect(await keptOf(id)).toEqual({ row: null, pages: 0, keys: [] })
})

test("deleting the user deletes all document data", async () => {
  const { id: userId } = await testGuest()
  const { id } = await chatAbout(userId, await plainPdf(6))
  const { keys } = await keptOf(id)
  await deleteAccount(userId)
  await sweepFiles(later(2))
  expect(await keptOf(id)).toEqual({ row: null, pages: 0, keys: [] })
  for (const key of keys) expect(await fileStorage().has(key)).toBe(false)
})
