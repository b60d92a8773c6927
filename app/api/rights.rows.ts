/** Every route, with the expected status for each kind of caller. */
import { v7 as uuidv7 } from "uuid"
import { PNG } from "@/app/api/rights.fixture"
import { ask, MODEL } from "@/lib/generation/generation.fixture"

/** An owner's data before each row. */
export interface World {
  owner: string
  conversation: string
  answer: string
  generation: string
  folder: string
  preset: string
  prompt: string
  schema: string
  /** A finished grid with one row; one that hasn't started. */
  grid: string
  eval: string
  run: string
  /** One of their MCP servers. */
  mcp: string
  image: string
  /** A document with one page of text; one that needs a password. */
  document: string
  locked: string
  /** A completed upload. */
  upload: string
  share: string
  token: string
  /** A share for people with an account here; a person who may read it. */
  inside: string
  person: string
  /** An uploaded file, ready to be imported. */
  staged: string
}

export interface Row {
  /** The route's folder below `app/api`. */
  path: string
  method: string
  id?: (world: World) => string
  query?: (world: World) => string
  body?: (world: World) => unknown
  headers?: Record<string, string>
  /** Status for the owner, and for another guest; without a session, all routes except public ones return 401. */
  owner: number
  other: number
  nobody?: number
  /** Status for someone with an account, and for an administrator; by default that of another guest. */
  member?: number
  admin?: number
}

function picture(): FormData {
  const form = new FormData()
  form.append("file", new File([Buffer.from(PNG, "base64")], "dot.png"))
  return form
}

const newGrid = () => ({
  ...{ id: uuidv7(), title: "g", models: [MODEL] },
  output: { type: "json_schema", name: "g", schema: { type: "object" } },
})

function letter(): FormData {
  const form = new FormData()
  form.append("file", new File([String.raw`{\rtf1 Dear all\par}`], "letter.rtf"))
  return form
}

const conversation = (world: World) => world.conversation
/**
 * Account routes: a guest has no account, so owner and other are refused on members' routes; `member` and `admin` are
 * tested below.
 */
const begin = { method: "POST", owner: 403, other: 403, nobody: 403 }
const accountRows: Row[] = [
  // Needs the operator's token, never a session (app/api/metrics/metrics.test.ts).
  { path: "metrics", method: "GET", owner: 404, other: 404, nobody: 404 },
  { path: "account", method: "GET", owner: 200, other: 200, member: 200 },
  {
    ...{ path: "account", method: "POST", owner: 400, other: 400, nobody: 400 },
    body: () => ({ email: "new@example.com", password: "short" }),
  },
  { path: "account", method: "PATCH", body: () => ({ name: "n" }), owner: 403, other: 403, member: 204 },
  { ...begin, path: "account/sign-in", body: () => ({ email: "a@example.com", password: "wrong" }) },
  { ...begin, path: "account/reset", body: () => ({ token: "wrong" }) },
  { ...begin, path: "account/verify", body: () => ({ token: "wrong" }) },
  { ...begin, path: "account/invitation", body: () => ({ token: "wrong" }) },
  {
    ...{ path: "account/forgot", method: "POST", owner: 409, other: 409, nobody: 409 },
    body: () => ({ email: "a@example.com" }),
  },
  { path: "account/verify/mail", method: "POST", owner: 403, other: 403, member: 409 },
  { path: "account/deletion", method: "POST", body: () => ({}), owner: 204, other: 204, member: 400 },
  { path: "account/deletion", method: "DELETE", owner: 204, other: 204, member: 204 },
  { path: "account/sign-out", method: "POST", owner: 204, other: 204, nobody: 204 },
  {
    ...{ path: "account/password", method: "PUT", owner: 403, other: 403, member: 204 },
    body: () => ({ current: null, password: "correct horse battery" }),
  },
  { path: "account/sessions", method: "GET", owner: 403, other: 403, member: 200 },
  { path: "account/sessions", method: "DELETE", owner: 403, other: 403, member: 200 },
  { path: "account/sessions/[id]", method: "DELETE", id: () => uuidv7(), owner: 403, other: 403, member: 404 },
  {
    ...{ path: "account/confirm", method: "POST", owner: 403, other: 403, member: 403 },
    body: () => ({ password: "wrong" }),
  },
  {
    ...{ path: "account/email", method: "POST", owner: 403, other: 403, member: 409 },
    body: () => ({ email: "new@example.com" }),
  },
  { path: "account/issuers", method: "POST", body: () => ({ issuer: "x" }), owner: 403, other: 403, member: 404 },
  { path: "account/issuers/[id]", method: "DELETE", id: () => uuidv7(), owner: 403, other: 403, member: 404 },
]
export const rows: Row[] = [
  { path: "conversations", method: "GET", owner: 200, other: 200 },
  {
    path: "conversations",
    method: "PATCH",
    body: ({ conversation: id }) => ({ ids: [id], pinned: true }),
    owner: 204,
    other: 404,
  },
  {
    ...{ path: "conversations", method: "POST", owner: 201, other: 404 },
    body: ({ conversation: from, answer: message }) => ({ id: uuidv7(), from, message }),
  },
  {
    ...{ path: "conversations/[id]", method: "PATCH", id: conversation, owner: 200, other: 404 },
    body: ({ answer: message }: World) => ({ message, deleted: true }),
  },
  ...[
    { owner: 409, of: (answer: string) => ({ verdict: { of: answer, outcome: "tie" } }) },
    { owner: 409, of: (answer: string) => ({ reopened: answer }) },
    { owner: 200, of: (answer: string) => ({ changed: answer, taken: true }) },
    { owner: 409, of: (answer: string) => ({ edited: answer, values: [{ path: "/a", json: "1", was: null }] }) },
    { owner: 204, of: () => ({ temporary: false }) },
  ].map(
    ({ owner, of }): Row => ({
      ...{ path: "conversations/[id]", method: "PATCH", id: conversation, owner, other: 404 },
      body: ({ answer }: World) => of(answer),
    }),
  ),
  { path: "conversations", method: "DELETE", owner: 200, other: 200 },
  {
    ...{ path: "conversations/restore", method: "POST", owner: 200, other: 200 },
    body: () => ({ deletedAt: new Date().toISOString() }),
  },
  { path: "conversations/[id]", method: "GET", id: conversation, owner: 200, other: 404 },
  {
    path: "conversations/[id]",
    method: "PATCH",
    id: conversation,
    body: () => ({ title: "x" }),
    owner: 200,
    other: 404,
  },
  { path: "conversations/[id]", method: "DELETE", id: conversation, owner: 204, other: 404 },
  { path: "conversations/[id]/messages", method: "GET", id: conversation, owner: 200, other: 404 },
  { path: "conversations/[id]/totals", method: "GET", id: conversation, owner: 200, other: 404 },
  { path: "conversations/[id]/branches", method: "GET", id: conversation, owner: 200, other: 404 },
  {
    ...{ path: "conversations/[id]/branches", method: "GET", id: conversation, owner: 200, other: 404 },
    query: ({ answer }) => `?a=${answer}&b=${answer}`,
  },
  {
    ...{ path: "conversations/[id]/messages/[messageId]/code", method: "GET", id: conversation },
    ...{ query: () => "?as=curl", owner: 200, other: 404 },
  },
  {
    ...{ path: "conversations/[id]/messages/[messageId]/recording", method: "GET", id: conversation },
    ...{ owner: 200, other: 404 },
  },
  { path: "conversations/[id]/context", method: "GET", id: conversation, owner: 200, other: 404 },
  { path: "conversations/[id]/shares", method: "GET", id: conversation, owner: 200, other: 404 },
  { path: "conversations/[id]/shares", method: "POST", id: conversation, owner: 201, other: 404 },
  { path: "conversations/[id]/export", method: "GET", id: conversation, owner: 200, other: 404 },
  { path: "export", method: "GET", owner: 200, other: 200 },
  { path: "export/state", method: "GET", owner: 200, other: 200 },
  { path: "shares", method: "GET", owner: 200, other: 200 },
  {
    path: "shares/[id]",
    method: "PATCH",
    id: ({ share }) => share,
    body: () => ({ revoked: true }),
    owner: 204,
    other: 404,
  },
  {
    ...{ path: "shares/[id]", method: "PATCH", id: ({ share }: World) => share, owner: 200, other: 404 },
    body: () => ({ title: "other", listed: true, passcode: "open sesame", expiresAt: null }),
  },
  { path: "shares/received", method: "GET", owner: 200, other: 200 },
  { path: "conversations/[id]/shares/preview", method: "GET", id: conversation, owner: 200, other: 404 },
  {
    ...{ path: "conversations/[id]/shares/preview", method: "GET", id: conversation, owner: 200, other: 404 },
    query: ({ share }) => `?share=${share}`,
  },
  // Guests can't share with named people.
  {
    ...{ path: "shares/[id]/people", method: "POST", id: ({ inside }: World) => inside },
    ...{ owner: 403, other: 403, member: 404 },
    body: () => ({ email: "somebody@firm.test" }),
  },
  {
    ...{ path: "shares/[id]/people", method: "DELETE", id: ({ inside }: World) => inside },
    ...{ owner: 403, other: 403, member: 404 },
    query: ({ person }) => `?user=${person}`,
  },
  // For anyone with the token; `shared.test.ts` tests invalid tokens.
  { path: "shared/[token]", method: "GET", owner: 200, other: 200, nobody: 200 },
  { path: "shared/[token]/state", method: "GET", owner: 200, other: 200, nobody: 200 },
  { path: "shared/[token]/picture", method: "GET", owner: 200, other: 200, nobody: 200 },
  {
    ...{ path: "shared/[token]/unlock", method: "POST", owner: 204, other: 204, nobody: 204 },
    body: () => ({ passcode: "any" }),
  },
  {
    ...{ path: "shared/[token]/report", method: "POST", owner: 204, other: 204, nobody: 204 },
    body: () => ({ reason: "spam" }),
  },
  {
    ...{ path: "shared/[token]/continue", method: "POST", owner: 201, other: 201, nobody: 201 },
    body: () => ({ id: uuidv7() }),
  },
  { path: "shares/[id]", method: "DELETE", id: ({ share }) => share, owner: 204, other: 404 },
  { path: "folders", method: "GET", owner: 200, other: 200 },
  { path: "folders", method: "POST", body: () => ({ id: uuidv7(), name: "f" }), owner: 201, other: 201 },
  {
    path: "folders/[id]",
    method: "PATCH",
    id: ({ folder }) => folder,
    body: () => ({ name: "g" }),
    owner: 204,
    other: 404,
  },
  { path: "folders/[id]", method: "DELETE", id: ({ folder }) => folder, owner: 204, other: 404 },
  { path: "evals", method: "GET", owner: 200, other: 200 },
  { path: "evals", method: "POST", body: () => ({ id: uuidv7(), title: "e" }), owner: 201, other: 201 },
  { path: "evals/[id]", method: "GET", id: (world) => world.eval, owner: 200, other: 404 },
  {
    path: "evals/[id]",
    method: "PATCH",
    id: (world) => world.eval,
    body: () => ({ title: "e" }),
    owner: 200,
    other: 404,
  },
  { path: "evals/[id]", method: "DELETE", id: (world) => world.eval, owner: 204, other: 404 },
  {
    path: "evals/[id]/cases",
    method: "PATCH",
    id: (world) => world.eval,
    body: () => ({ put: [{ id: uuidv7(), question: "q", check: { kind: "none" } }] }),
    owner: 200,
    other: 404,
  },
  {
    path: "evals/[id]/runs",
    method: "POST",
    id: (world) => world.eval,
    body: () => ({ id: uuidv7(), columns: [{ model: MODEL }] }),
    owner: 201,
    other: 404,
  },
  {
    path: "evals/[id]/compare",
    method: "GET",
    id: (world) => world.eval,
    query: ({ run }) => `?a=${run}&b=${run}`,
    owner: 200,
    other: 404,
  },
  { path: "evals/runs/[id]", method: "GET", id: ({ run }) => run, owner: 200, other: 404 },
  {
    path: "evals/runs/[id]",
    method: "PATCH",
    id: ({ run }) => run,
    body: () => ({ spendLimitUsd: 1 }),
    owner: 200,
    other: 404,
  },
  { path: "evals/runs/[id]", method: "DELETE", id: ({ run }) => run, owner: 204, other: 404 },
  {
    path: "evals/runs/[id]/run",
    method: "POST",
    id: ({ run }) => run,
    body: () => ({ action: "pause" }),
    owner: 200,
    other: 404,
  },
  { path: "evals/runs/[id]/rows", method: "GET", id: ({ run }) => run, owner: 200, other: 404 },
  {
    path: "evals/runs/[id]/case",
    method: "GET",
    id: ({ run }) => run,
    query: () => "?number=0",
    owner: 200,
    other: 404,
  },
  { path: "evals/runs/[id]/blind", method: "GET", id: ({ run }) => run, owner: 200, other: 404 },
  // A key that this server hasn't encrypted identifies nothing, for any sender.
  {
    path: "evals/runs/[id]/blind",
    method: "POST",
    id: ({ run }) => run,
    body: () => ({ key: "k" }),
    owner: 404,
    other: 404,
  },
  { path: "evals/runs/[id]/export", method: "GET", id: ({ run }) => run, owner: 200, other: 404 },
  { path: "grids", method: "GET", owner: 200, other: 200 },
  { path: "grids", method: "POST", body: () => newGrid(), owner: 201, other: 201 },
  { path: "grids/[id]", method: "GET", id: ({ grid }) => grid, owner: 200, other: 404 },
  { path: "grids/[id]", method: "PATCH", id: ({ grid }) => grid, body: () => ({ title: "g" }), owner: 200, other: 404 },
  { path: "grids/[id]", method: "DELETE", id: ({ grid }) => grid, owner: 204, other: 404 },
  {
    path: "grids/[id]/rows",
    method: "GET",
    id: ({ grid }) => grid,
    query: () => "?rows=0",
    owner: 200,
    other: 404,
  },
  {
    path: "grids/[id]/rows",
    method: "POST",
    id: ({ grid }) => grid,
    body: () => ({ start: 1, rows: [{ text: "two" }] }),
    owner: 204,
    other: 404,
  },
  {
    path: "grids/[id]/rows",
    method: "PATCH",
    id: ({ grid }) => grid,
    body: () => ({ number: 0, place: 0, column: "a", value: 2 }),
    owner: 200,
    other: 404,
  },
  {
    path: "grids/[id]/run",
    method: "POST",
    id: ({ grid }) => grid,
    body: () => ({ action: "pause" }),
    owner: 200,
    other: 404,
  },
  { path: "grids/[id]/view", method: "GET", id: ({ grid }) => grid, owner: 200, other: 404 },
  {
    path: "grids/[id]/summary",
    method: "GET",
    id: ({ grid }) => grid,
    query: () => "?column=a",
    owner: 200,
    other: 404,
  },
  { path: "grids/[id]/export", method: "GET", id: ({ grid }) => grid, owner: 200, other: 404 },
  { path: "grids/sheets", method: "POST", body: () => ({}), owner: 422, other: 422 },
  { path: "presets", method: "GET", owner: 200, other: 200 },
  { path: "presets", method: "POST", body: () => ({ id: uuidv7(), name: "p", settings: {} }), owner: 201, other: 201 },
  {
    path: "presets/[id]",
    method: "PATCH",
    id: ({ preset }) => preset,
    body: () => ({ name: "q" }),
    owner: 204,
    other: 404,
  },
  { path: "presets/[id]", method: "DELETE", id: ({ preset }) => preset, owner: 204, other: 404 },
  { path: "prompts", method: "GET", owner: 200, other: 200 },
  {
    path: "prompts",
    method: "POST",
    body: () => ({ id: uuidv7(), command: "other", text: "t" }),
    owner: 201,
    other: 201,
  },
  {
    path: "prompts/[id]",
    method: "PATCH",
    id: ({ prompt }) => prompt,
    body: () => ({ text: "u" }),
    owner: 204,
    other: 404,
  },
  { path: "prompts/[id]", method: "DELETE", id: ({ prompt }) => prompt, owner: 204, other: 404 },
  { path: "schemas", method: "GET", owner: 200, other: 200 },
  {
    path: "schemas",
    method: "POST",
    body: () => ({ id: uuidv7(), name: "s", text: '{"type":"object"}' }),
    owner: 201,
    other: 201,
  },
  { path: "schemas/describe", method: "POST", body: () => ({ words: "name, age" }), owner: 200, other: 200 },
  { path: "schemas/[id]", method: "GET", id: ({ schema }) => schema, owner: 200, other: 404 },
  {
    path: "schemas/[id]",
    method: "PATCH",
    id: ({ schema }) => schema,
    body: () => ({ revision: 1, name: "r" }),
    owner: 200,
    other: 404,
  },
  { path: "schemas/[id]", method: "DELETE", id: ({ schema }) => schema, owner: 204, other: 404 },
  { path: "schemas/[id]/uses", method: "GET", id: ({ schema }) => schema, owner: 200, other: 404 },
  { path: "schemas/[id]/versions", method: "GET", id: ({ schema }) => schema, owner: 200, other: 404 },
  {
    path: "schemas/[id]/versions",
    method: "POST",
    id: ({ schema }) => schema,
    body: () => ({ revision: 1, restore: 1 }),
    owner: 201,
    other: 404,
  },
  { path: "schemas/[id]/versions/[number]", method: "GET", id: ({ schema }) => schema, owner: 200, other: 404 },
  { path: "schemas/check", method: "POST", body: () => ({ schema: { type: "object" } }), owner: 200, other: 200 },
  { path: "documents", method: "POST", body: letter, owner: 201, other: 201 },
  { path: "documents/[id]", method: "GET", id: ({ document }) => document, owner: 200, other: 404 },
  {
    path: "documents/[id]/pages",
    method: "GET",
    id: ({ document }) => document,
    query: () => "?from=1&to=2",
    owner: 200,
    other: 404,
  },
  {
    path: "documents/[id]/pages/[number]/picture",
    method: "GET",
    id: ({ document }) => document,
    owner: 200,
    other: 404,
  },
  { path: "documents/[id]/original", method: "GET", id: ({ document }) => document, owner: 200, other: 404 },
  {
    ...{ path: "documents/[id]/unlock", method: "POST", id: (world: World) => world.locked },
    ...{ body: () => ({ password: "open" }), owner: 200, other: 404 },
  },
  { path: "documents/[id]/images", method: "POST", id: ({ document }) => document, owner: 201, other: 404 },
  { path: "images", method: "POST", body: picture, owner: 201, other: 201 },
  { path: "images/[id]", method: "GET", id: ({ image }) => image, owner: 200, other: 404 },
  {
    ...{ path: "images/[id]", method: "GET", id: (world: World) => world.image },
    ...{ query: ({ token }: World) => `?share=${token}`, owner: 200, other: 200, nobody: 200 },
  },
  {
    ...{ path: "images/[id]/crop", method: "POST", id: ({ image }) => image, owner: 201, other: 404 },
    body: () => ({ x: 0, y: 0, width: 1, height: 1 }),
  },
  {
    ...{ path: "uploads", method: "POST", owner: 201, other: 201 },
    headers: { "tus-resumable": "1.0.0", "upload-length": "5" },
  },
  {
    ...{ path: "uploads/[id]", method: "PATCH", id: ({ upload }) => upload, owner: 204, other: 404 },
    headers: { "tus-resumable": "1.0.0", "upload-offset": "5" },
    body: () => new Blob([], { type: "application/offset+octet-stream" }),
  },
  { path: "uploads/[id]/take", method: "POST", id: ({ upload }) => upload, owner: 200, other: 404 },
  { path: "uploads/[id]", method: "DELETE", id: ({ upload }) => upload, owner: 204, other: 404 },
  { path: "search", method: "GET", query: () => "?q=hello", owner: 200, other: 200 },
  { path: "models", method: "GET", owner: 200, other: 200 },
  { path: "models/record", method: "GET", owner: 200, other: 200 },
  { path: "models/record", method: "DELETE", owner: 204, other: 204 },
  { path: "models", method: "PATCH", body: () => ({ model: "m", images: true }), owner: 204, other: 204 },
  { path: "events", method: "GET", owner: 200, other: 200 },
  {
    path: "chat",
    method: "POST",
    body: ({ conversation: id, answer }) => ask("hi", { id, parentId: answer }),
    owner: 200,
    other: 404,
  },
  { path: "chat/[id]/stream", method: "GET", id: conversation, owner: 204, other: 404 },
  { path: "chat/[id]/stop", method: "POST", id: conversation, owner: 200, other: 404 },
  {
    ...{ path: "chat/[id]/continue", method: "POST", id: conversation, owner: 409, other: 404 },
    body: ({ answer }) => ({ messageId: answer, generationId: uuidv7() }),
  },
  {
    ...{ path: "chat/[id]/approvals", method: "POST", id: conversation, owner: 409, other: 404 },
    body: ({ answer }) => ({ messageId: answer, approvalId: "a", approved: true, generationId: uuidv7() }),
  },
  {
    ...{ path: "chat/[id]/steer", method: "POST", id: conversation, owner: 202, other: 404 },
    body: ({ answer }) => ({ messageId: answer, id: uuidv7(), text: "Wait" }),
  },
  {
    ...{ path: "chat/[id]/steer", method: "DELETE", id: conversation, owner: 200, other: 404 },
    body: ({ answer }) => ({ messageId: answer, id: uuidv7() }),
  },
  {
    ...{ path: "chat/[id]/retry", method: "POST", id: conversation, owner: 409, other: 404 },
    body: ({ answer }) => ({ messageId: answer, toolCallId: "c", generationId: uuidv7() }),
  },
  {
    ...{ path: "chat/[id]/calls", method: "POST", id: conversation, owner: 409, other: 404 },
    body: ({ answer }) => ({ messageId: answer, toolCallId: "c", holder: uuidv7() }),
  },
  {
    ...{ path: "chat/[id]/results", method: "POST", id: conversation, owner: 409, other: 404 },
    body: ({ answer }) => ({
      ...{ messageId: answer, toolCallId: "c", generationId: uuidv7() },
      result: { kind: "output", output: {} },
    }),
  },
  {
    ...{ path: "chat/[id]/files", method: "POST", id: conversation, owner: 201, other: 404 },
    query: () => "?name=a.txt",
    body: () => ({}),
  },
  { path: "files/[id]", method: "GET", id: () => uuidv7(), owner: 404, other: 404 },
  { path: "tools/permissions", method: "GET", owner: 200, other: 200 },
  { path: "tools/permissions", method: "DELETE", body: () => ({ id: "none" }), owner: 404, other: 404 },
  { path: "sandbox", method: "GET", owner: 200, other: 200 },
  ...accountRows,
  { path: "key", method: "GET", owner: 200, other: 200, nobody: 200 },
  {
    ...{ path: "key", method: "PUT", owner: 403, other: 403, nobody: 403, admin: 409 },
    body: () => ({ key: "no key" }),
  },
  { path: "key", method: "DELETE", owner: 403, other: 403, nobody: 403, admin: 200 },
  { path: "import", method: "GET", owner: 200, other: 200 },
  { path: "import", method: "POST", body: () => ({ not: "a chat" }), owner: 201, other: 201 },
  { path: "import/[id]", method: "GET", id: ({ staged }) => staged, owner: 200, other: 404 },
  {
    ...{ path: "import/[id]", method: "POST", id: ({ staged }: World) => staged, owner: 409, other: 404 },
    body: () => ({ chats: [[0, 0]] }),
  },
  { path: "import/[id]", method: "DELETE", id: ({ staged }) => staged, owner: 204, other: 404 },
  { path: "import/[id]/chats", method: "GET", id: ({ staged }) => staged, owner: 409, other: 404 },
  { path: "mcp", method: "GET", owner: 200, other: 200 },
  {
    ...{ path: "mcp", method: "POST", owner: 400, other: 400 },
    body: () => ({ name: "n", url: "http://127.0.0.1/mcp" }),
  },
  { path: "mcp/[id]", method: "GET", id: ({ mcp }) => mcp, owner: 200, other: 404 },
  { path: "mcp/[id]", method: "PATCH", id: ({ mcp }) => mcp, body: () => ({ enabled: false }), owner: 204, other: 404 },
  { path: "mcp/[id]", method: "DELETE", id: ({ mcp }) => mcp, owner: 204, other: 404 },
  { path: "mcp/[id]/sign-in", method: "POST", id: ({ mcp }) => mcp, owner: 409, other: 404 },
  {
    path: "mcp/asks/[id]",
    method: "POST",
    id: () => uuidv7(),
    body: () => ({ action: "cancel" }),
    owner: 404,
    other: 404,
  },
  { path: "mcp/callback", method: "GET", query: () => "?state=x&code=y", owner: 303, other: 303 },
  { path: "own-key", method: "GET", owner: 200, other: 200 },
  { path: "own-key", method: "PUT", body: () => ({ key: "fw_0123456789" }), owner: 403, other: 403 },
  { path: "own-key", method: "PATCH", body: () => ({ inUse: true }), owner: 403, other: 403 },
  { path: "own-key", method: "DELETE", owner: 200, other: 200 },
  { path: "setup", method: "POST", body: () => ({ token: "wrong" }), owner: 403, other: 403, nobody: 403 },
  { path: "setup/link", method: "POST", owner: 202, other: 202, nobody: 202 },
]

/** The administration: only for administrators. */
const administration: Row[] = [
  { path: "admin/settings", method: "GET" },
  { path: "admin/settings", method: "PATCH", body: () => ({ tools: true }) },
  { path: "admin/models", method: "PATCH", body: () => ({ model: "m", audience: null }), admin: 204 },
  { path: "admin/usage", method: "GET" },
  { path: "admin/audit", method: "GET" },
  { path: "admin/invitations", method: "POST", body: () => ({ note: "n" }), admin: 201 },
  { path: "admin/invitations/[id]", method: "DELETE", id: () => uuidv7(), admin: 404 },
  { path: "admin/shares/[id]", method: "DELETE", id: ({ share }: World) => share, admin: 204 },
  {
    ...{ path: "admin/people/[id]", method: "PATCH", id: ({ owner }: World) => owner, admin: 204 },
    body: () => ({ quotas: { answersPerDay: 5, spendPerMonthUsd: null, storageMb: null } }),
  },
  {
    ...{ path: "admin/people/[id]", method: "PATCH", id: ({ owner }: World) => owner, admin: 409 },
    body: () => ({ admin: true }),
  },
  // A guest has no account to sign in to.
  { path: "admin/people/[id]/reset", method: "POST", id: ({ owner }: World) => owner, admin: 409 },
  { path: "admin/people/[id]", method: "DELETE", id: () => uuidv7(), admin: 404 },
].map((row) => ({ admin: 200, ...row, owner: 403, other: 403 }))
rows.push(...administration, { path: "usage", method: "GET", owner: 200, other: 200 })
