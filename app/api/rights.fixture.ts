/** A person's data, and calling a route as a browser does. */
import { v7 as uuidv7 } from "uuid"
import type { Row, World } from "@/app/api/rights.rows"
import type { TestGuest } from "@/lib/auth/guest.fixture"
import { db } from "@/lib/db/client"
import { encryptedPdf, plainPdf } from "@/lib/documents/read/pdf.fixture"
import { ask, MODEL, send, started } from "@/lib/generation/generation.fixture"
import { resetThrottles } from "@/lib/throttle/kept"

const ORIGIN = "http://localhost:3000"
/** Base64. */
export const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="

type Handler = (request: Request, context: { params: Promise<Record<string, unknown>> }) => Promise<Response>

type Thing = keyof World

/** The members of the world that a row uses. */
function namedBy(row: Row): Set<string> {
  const named = new Set<string>(row.path.includes("[token]") ? ["token"] : [])
  const things: World = new Proxy(EMPTY, {
    get: (_, name) => {
      named.add(String(name))
      return uuidv7()
    },
  })
  for (const part of [row.id, row.query, row.body]) part?.(things)
  return named
}

const SHARED: Thing[] = ["share", "token", "inside", "person"]

/** An owner's data. Files and answers are slow to create, so they are only created if the row uses them. */
export async function worldOf(owner: TestGuest, row?: Row): Promise<World> {
  const named = row && namedBy(row)
  const needs = (...things: Thing[]) => !named || things.some((thing) => named.has(thing))
  const { addImage } = await import("@/lib/images/images")
  const { beginImport } = await import("@/lib/import/import")
  const { createShareRow } = await import("@/lib/db/shares")
  const { appendPiece, beginUpload } = await import("@/lib/intake/uploads")
  const { database } = started.testDb
  const { id: userId } = owner
  const image = needs("image", ...SHARED) ? await addImage(userId, Buffer.from(PNG, "base64"), "dot.png") : null
  const upload = needs("upload") ? await beginUpload(userId, { name: "a.txt", size: 5 }, { mostBytes: null }) : null
  if (upload) await appendPiece(userId, upload.id, { offset: 0, body: new Response("hello").body, checksum: null })
  const { addDocument } = await import("@/lib/documents/store/documents")
  const known = { mostBytes: null, name: "a.pdf" }
  const document = needs("document") ? await addDocument(userId, await plainPdf(), known) : null
  const locked = needs("locked") ? await addDocument(userId, encryptedPdf("open"), known) : null
  const { conversation, answer, generation } = needs("conversation", "answer", "generation", ...SHARED)
    ? await chatOf(owner)
    : EMPTY
  const [folder, preset, prompt, share, mcp] = [uuidv7(), uuidv7(), uuidv7(), uuidv7(), uuidv7()]
  const schema = uuidv7()
  await database.mcpServer.create({ data: { id: mcp, userId, name: mcp, url: "https://127.0.0.1/mcp" } })
  await database.folder.create({ data: { id: folder, userId, name: "f" } })
  const grid = uuidv7()
  const rowSchema = { type: "object", properties: { a: { type: "integer" } } }
  await database.grid.create({
    data: {
      ...{ id: grid, userId, title: "g", instructions: "", models: [MODEL], settings: {}, columns: [] },
      output: { type: "json_schema", name: "g", schema: rowSchema },
      rows: { create: { number: 0, input: { text: "one" } } },
      answers: { create: { number: 0, place: 0, state: "done", result: { value: { a: 1 } } } },
    },
  })
  const [evalId, run] = [uuidv7(), uuidv7()]
  await database.eval.create({
    data: {
      ...{ id: evalId, userId, title: "e" },
      cases: { create: { id: uuidv7(), position: 0, question: "q", system: "", check: { kind: "none" } } },
      runs: {
        create: {
          ...{ id: run, number: 1, columns: [{ model: MODEL }] },
          questions: { create: { number: 0, caseId: uuidv7(), question: "q", system: "", check: { kind: "none" } } },
          answers: { create: { number: 0, place: 0, state: "done", verdict: "none", result: { text: "a" } } },
        },
      },
    },
  })
  await database.preset.create({ data: { id: preset, userId, name: "p", settings: {} } })
  await database.prompt.create({ data: { id: prompt, userId, command: "c", text: "t" } })
  const versions = { create: [{ version: 1, text: '{"type":"object"}' }] }
  await database.outputSchema.create({ data: { id: schema, userId, name: "s", versions } })
  const token = uuidv7().replaceAll("-", "")
  const shared = {
    id: share,
    token,
    userId,
    conversationId: conversation,
    title: "t",
    messages: [{ id: answer, role: "assistant", parts: [{ type: "text", text: "hello" }] }],
    imageIds: image ? [image.id] : [],
  }
  const [inside, person] = [uuidv7(), uuidv7()]
  await database.user.create({ data: { id: person, guest: false, email: `${person}@firm.test` } })
  if (needs(...SHARED)) {
    await createShareRow(database, shared)
    await createShareRow(database, { ...shared, id: inside, token: inside.replaceAll("-", ""), inside: true })
  }
  const staged = needs("staged") ? await beginImport(userId, new Response("[]").body, "chats.json") : ""
  const files = {
    image: image?.id ?? "",
    document: document?.id ?? "",
    locked: locked?.id ?? "",
    upload: upload?.id ?? "",
  }
  return {
    owner: userId,
    ...{ conversation, answer, generation, ...files },
    ...{ folder, preset, prompt, schema, grid, eval: evalId, run, mcp, share, token, inside, person, staged },
  }
}

async function chatOf(owner: TestGuest): Promise<Pick<World, "conversation" | "answer" | "generation">> {
  const request = ask("[[echo]] hello")
  const { response, answerId } = await send(request, { id: owner.id, guest: true, name: null })
  await response?.text()
  const generation = await started.testDb.database.generation.findFirstOrThrow({ where: { messageId: answerId } })
  return { conversation: request.id, answer: answerId, generation: generation.id }
}

/** For someone without any data. */
export const EMPTY: World = {
  ...{
    owner: "",
    conversation: "",
    answer: "",
    generation: "",
    folder: "",
    preset: "",
    grid: "",
    eval: "",
    run: "",
    prompt: "",
    schema: "",
    mcp: "",
    image: "",
  },
  ...{ document: "", locked: "", upload: "", share: "", token: "", inside: "", person: "", staged: "" },
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
  resetThrottles()
  await db().throttle.deleteMany()
  const handler = routes[row.method]
  if (!handler) throw new Error(`no ${row.method} of ${row.path}`)
  const params = { id: row.id?.(world) ?? "", number: "1", token: world.token, messageId: world.answer }
  return handler(request, { params: Promise.resolve(params) })
}
