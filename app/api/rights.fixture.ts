/** What a person has, and a route called as a browser does it. */
import { v7 as uuidv7 } from "uuid"
import type { Row, World } from "@/app/api/rights.rows"
import type { TestGuest } from "@/lib/auth/guest.fixture"
import { db } from "@/lib/db/client"
import { encryptedPdf, plainPdf } from "@/lib/documents/read/pdf.fixture"
import { ask, send, started } from "@/lib/generation/generation.fixture"
import { forgetThrottles } from "@/lib/throttle/kept"

const ORIGIN = "http://localhost:3000"
/** Base64. */
export const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="

type Handler = (request: Request, context: { params: Promise<Record<string, unknown>> }) => Promise<Response>

export async function worldOf(owner: TestGuest): Promise<World> {
  const { addImage } = await import("@/lib/images/images")
  const { beginImport } = await import("@/lib/import/import")
  const { createShareRow } = await import("@/lib/db/shares")
  const { appendPiece, beginUpload } = await import("@/lib/intake/uploads")
  const { database } = started.testDb
  const { id: userId } = owner
  const image = await addImage(userId, Buffer.from(PNG, "base64"), "dot.png")
  const upload = await beginUpload(userId, { name: "a.txt", size: 5 }, { mostBytes: null })
  await appendPiece(userId, upload.id, { offset: 0, body: new Response("hello").body, checksum: null })
  const { addDocument } = await import("@/lib/documents/store/documents")
  const known = { mostBytes: null, name: "a.pdf" }
  const document = await addDocument(userId, await plainPdf(), known)
  const locked = await addDocument(userId, encryptedPdf("open"), known)
  const request = ask("[[echo]] hello")
  const { response, answerId } = await send(request, { id: userId, guest: true, name: null })
  await response?.text()
  const [folder, preset, prompt, share, mcp] = [uuidv7(), uuidv7(), uuidv7(), uuidv7(), uuidv7()]
  await database.mcpServer.create({ data: { id: mcp, userId, name: mcp, url: "https://127.0.0.1/mcp" } })
  await database.folder.create({ data: { id: folder, userId, name: "f" } })
  await database.preset.create({ data: { id: preset, userId, name: "p", settings: {} } })
  await database.prompt.create({ data: { id: prompt, userId, command: "c", text: "t" } })
  const token = uuidv7().replaceAll("-", "")
  const shared = {
    id: share,
    token,
    userId,
    conversationId: request.id,
    title: "t",
    messages: [{ id: answerId, role: "assistant", parts: [{ type: "text", text: "hello" }] }],
    imageIds: [image.id],
  }
  await createShareRow(database, shared)
  const [inside, person] = [uuidv7(), uuidv7()]
  await database.user.create({ data: { id: person, guest: false, email: `${person}@firm.test` } })
  await createShareRow(database, { ...shared, id: inside, token: inside.replaceAll("-", ""), inside: true })
  const staged = await beginImport(userId, new Response("[]").body, "chats.json")
  const generation = await database.generation.findFirstOrThrow({ where: { messageId: answerId } })
  return {
    owner: userId,
    ...{
      conversation: request.id,
      answer: answerId,
      generation: generation.id,
      image: image.id,
      document: document.id,
      locked: locked.id,
    },
    upload: upload.id,
    ...{ folder, preset, prompt, mcp, share, token, inside, person, staged },
  }
}

const asSent = (body: unknown) => (body instanceof FormData || body instanceof Blob ? body : JSON.stringify(body))

export async function call(row: Row, world: World, cookie?: string): Promise<Response> {
  const routes: Record<string, Handler | undefined> = await import(`@/app/api/${row.path}/route`)
  const body = row.body?.(world)
  const request = new Request(`${ORIGIN}/api/${row.path}${row.query?.(world) ?? ""}`, {
    method: row.method,
    headers: { origin: ORIGIN, host: "localhost:3000", ...(cookie ? { cookie } : {}), ...row.headers },
    ...(body === undefined ? {} : { body: asSent(body) }),
  })
  forgetThrottles()
  await db().throttle.deleteMany()
  const handler = routes[row.method]
  if (!handler) throw new Error(`no ${row.method} of ${row.path}`)
  return handler(request, { params: Promise.resolve({ id: row.id?.(world) ?? "", number: "1", token: world.token }) })
}
