/** Runs each program as it is shown, and compares its request with what Sparkler sent. */
import { spawn } from "node:child_process"
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import sharp from "sharp"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { ChatRequest } from "@/lib/chat/requests"
import { sendAll } from "@/lib/generation/compare.fixture"
import { API_KEY, ask, eventsOf, newGuest, send, setUp, started, user } from "@/lib/generation/generation.fixture"
import { CODE_LANGUAGES, type CodeLanguage } from "@/lib/get-code/languages"
import { addImage } from "@/lib/images/images"
import { SCHEMA_TEMPLATES } from "@/lib/output/templates"

setUp()

const folder = mkdtempSync(path.join(tmpdir(), "sparkler-code-"))
beforeAll(() => symlinkSync(path.resolve("node_modules"), path.join(folder, "node_modules")))
afterAll(() => rmSync(folder, { recursive: true }))

/**
 * Stands in for OpenAI's Python package, which npm doesn't have: rejects parameters that the package doesn't know, and
 * sends the rest.
 */
const OPENAI_OF_PYTHON = `
import json, urllib.request
KNOWN = {"messages", "model", "frequency_penalty", "logprobs", "max_tokens", "presence_penalty", "reasoning_effort",
    "response_format", "seed", "stop", "stream", "stream_options", "temperature", "tool_choice", "tools", "top_logprobs", "top_p"}
class Chunk:
    def __init__(self, data):
        for name, value in data.items():
            setattr(self, name, Chunk(value) if isinstance(value, dict) else [Chunk(one) for one in value] if name == "choices" else value)
    def __getattr__(self, name): return None
class OpenAI:
    def __init__(self, *, api_key, base_url):
        self.key, self.url, self.chat, self.completions = api_key, base_url, self, self
    def create(self, *, extra_body=None, **body):
        assert set(body) <= KNOWN, set(body) - KNOWN
        request = urllib.request.Request(self.url + "/chat/completions", json.dumps({**body, **(extra_body or {})}).encode(),
            {"Authorization": "Bearer " + self.key, "Content-Type": "application/json"})
        for line in urllib.request.urlopen(request):
            if line.startswith(b"data: {"): yield Chunk(json.loads(line[6:]))
`

const RUN: Record<CodeLanguage, [program: string, file: string]> = {
  curl: ["sh", "code.sh"],
  "openai-js": [process.execPath, "code.mjs"],
  "ai-sdk": [process.execPath, "code-ai.mjs"],
  "openai-python": ["python3", "code_openai.py"],
  python: ["python3", "code.py"],
}

async function run(language: CodeLanguage, code: string): Promise<string> {
  const [program, file] = RUN[language]
  writeFileSync(path.join(folder, file), code)
  writeFileSync(path.join(folder, "openai.py"), OPENAI_OF_PYTHON)
  const child = spawn(program, [file], { cwd: folder, env: { ...process.env, FIREWORKS_API_KEY: API_KEY } })
  let said = ""
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (data) => {
      said += data
    })
  const status = await new Promise((resolve) => child.once("exit", resolve))
  expect(status, `${language}: ${said}\n${code}`).toBe(0)
  return said
}

const asked = (from: number) =>
  started.server.requests.slice(from).filter(({ body }) => JSON.stringify(body)?.includes('"stream":true'))

/** Sends a question, then runs each program; returns what Sparkler sent first, and the answer's id. */
async function checkPrograms(request: ChatRequest, files: [name: string, bytes: Buffer][] = []) {
  const before = started.server.requests.length
  const { answerId, response } = await send(request)
  await eventsOf(response)
  const [sent] = asked(before)
  const { codeOfAnswer } = await import("@/lib/get-code/code")
  for (const [name, bytes] of files) writeFileSync(path.join(folder, name), bytes)
  for (const language of CODE_LANGUAGES) {
    const { code, files: named } = await codeOfAnswer(user, request.id, answerId, language)
    expect(named).toEqual(files.map(([name]) => name))
    expect(code).not.toContain(API_KEY)
    const from = started.server.requests.length
    const said = await run(language, code)
    const [again, ...more] = asked(from)
    expect(more).toEqual([])
    expect(again?.body, language).toEqual(sent?.body)
    expect(again?.headers.authorization).toBe(`Bearer ${API_KEY}`)
    if (JSON.stringify(request).includes("[[echo]]")) expect(said.length, language).toBeGreaterThan(10)
  }
  return { body: sent?.body, answerId }
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: tests the escaping of shell and JavaScript expansions
const ODD = "It costs $5, `date`, $(touch x), \\n \"quotes\" 'single' ${x} \u2028 `` é 日本 \u0001\nEND_OF_BODY\nlast"

test("a question with settings, instructions, and text that needs escaping in shells and languages", async () => {
  const settings = {
    systemPrompt: ODD,
    temperature: 0.5,
    topP: 0.9,
    topK: 20,
    minP: 0.1,
    seed: 7,
    stop: ["STOP"],
    maxTokens: 500,
    frequencyPenalty: 0.1,
    reasoning: "low" as const,
  }
  const first = ask(`[[echo]] ${ODD}`, { settings })
  await checkPrograms(first)
  // The next question, after an answer.
  await checkPrograms(ask("[[echo]] and now?", { id: first.id }))
})

test("tools, and their calls and results in previous turns", async () => {
  const first = ask("Calculate: 6 * 7 km")
  await checkPrograms(first)
  const { body } = await checkPrograms(ask("[[echo]] thanks", { id: first.id }))
  expect(JSON.stringify(body)).toContain('"tool_calls"')
})

test("structured output", async () => {
  const schema = SCHEMA_TEMPLATES[0]?.schema ?? {}
  await checkPrograms(ask("John is 30", { output: { type: "json_schema", name: "person", schema } }))
  await checkPrograms(ask("John is 30, as JSON", { output: { type: "json" } }))
})

test("an answer with an edited part: the request for that part, until the original answer is gone", async () => {
  const text = "[[echo]] Roses are red. Violets are blue."
  const first = ask(text)
  const { answerId, response } = await send(first)
  await eventsOf(response)
  const old = "Violets are blue."
  const change = { of: answerId, text: 0, start: text.indexOf(old), old, wish: "in upper case" }
  const made = await checkPrograms({ id: first.id, message: first.message, responseId: crypto.randomUUID(), change })
  expect(JSON.stringify(made.body)).toContain("How to change it: in upper case")
  await started.testDb.database.message.update({ where: { id: answerId }, data: { deletedAt: new Date() } })
  const { codeOfAnswer } = await import("@/lib/get-code/code")
  await expect(codeOfAnswer(user, first.id, made.answerId, "curl")).rejects.toMatchObject({
    code: "message:no_request",
  })
})

test("a repaired answer: the request for its invalid values", async () => {
  const schema = { type: "object", properties: { age: { type: "integer" } }, required: ["age"] }
  const output = { type: "json_schema", name: "person", schema } as const
  const first = ask("John is 30", { output })
  const { answerId, response } = await send(first)
  await eventsOf(response)
  const { checkAnswer } = await import("@/lib/output/check")
  const text = '{"age":"thirty"}'
  const outputCheck = JSON.parse(JSON.stringify(await checkAnswer(user.id, text, output)))
  const data = { parts: [{ type: "text", text }], outputCheck }
  await started.testDb.database.message.update({ where: { id: answerId }, data })
  const repair = { of: answerId }
  const made = await checkPrograms({ id: first.id, message: first.message, responseId: crypto.randomUUID(), repair })
  expect(JSON.stringify(made.body)).toContain('"/age"')
})

test("a merged answer: the question with all merged answers", async () => {
  const compare = ["kimi-k3", "gpt-oss-120b"].map((name) => ({
    model: `accounts/fireworks/models/${name}`,
    responseId: crypto.randomUUID(),
  }))
  const first = ask("[[echo]] which?", { compare })
  await (await sendAll(first)).response?.text()
  const model = "accounts/fireworks/models/kimi-k3"
  const merging = { id: first.id, message: first.message, model, responseId: crypto.randomUUID() }
  const made = await checkPrograms({ ...merging, merges: compare[0]?.responseId })
  expect(JSON.stringify(made.body).match(/which\?/g)?.length).toBeGreaterThan(2)
})

test("images are read from files by their names", async () => {
  const request = ask("[[echo]] compare")
  const pictures: typeof request.message.parts = []
  const files: [string, Buffer][] = []
  for (const [name, file, color] of [
    ["my photo (1).png", "my-photo-1.png", "red"],
    ["my photo [1].png", "my-photo-1-2.png", "blue"],
  ] as const) {
    const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: color } })
      .png()
      .toBuffer()
    const { url, mediaType } = await addImage(user.id, bytes, name)
    pictures.push({ type: "file", url, mediaType, filename: name })
    files.push([file, bytes])
  }
  request.message.parts.unshift(...pictures)
  const before = started.server.requests.length
  const { answerId, response } = await send(request)
  await eventsOf(response)
  // The sent images equal the files, as far as programs need to know.
  const sent: string[] = JSON.stringify(asked(before)[0]?.body).match(/data:image\/\w+;base64,[^"]+/g) ?? []
  const stored = sent.map((uri, place): [string, Buffer] => [
    (files[place]?.[0] ?? "").replace(/\.\w+$/, uri.startsWith("data:image/jpeg") ? ".jpg" : ".png"),
    Buffer.from(uri.split(",")[1] ?? "", "base64"),
  ])
  expect(stored).toHaveLength(2)
  const { codeOfAnswer } = await import("@/lib/get-code/code")
  for (const [name, bytes] of stored) writeFileSync(path.join(folder, name), bytes)
  for (const language of CODE_LANGUAGES) {
    const { code, files: named } = await codeOfAnswer(user, request.id, answerId, language)
    expect(named).toEqual(stored.map(([name]) => name))
    expect(code).not.toContain("iVBOR")
    const from = started.server.requests.length
    await run(language, code)
    expect(asked(from)[0]?.body, language).toEqual(asked(before)[0]?.body)
  }
})

test("nothing is shown for another user's answer, for a question, or for a model that must stay hidden", async () => {
  const { codeOfAnswer } = await import("@/lib/get-code/code")
  const request = ask("[[echo]] mine")
  const { answerId, response } = await send(request)
  await eventsOf(response)
  const code = (as: typeof user, id: string) => codeOfAnswer(as, request.id, id, "curl")
  await expect(code(await newGuest(), answerId)).rejects.toMatchObject({ code: "conversation:not_found" })
  await expect(code(user, request.message.id)).rejects.toMatchObject({ code: "message:no_request" })
  const compare = [
    { model: "accounts/fireworks/models/kimi-k3", responseId: crypto.randomUUID() },
    { model: "accounts/fireworks/models/gpt-oss-120b", responseId: crypto.randomUUID() },
  ]
  const blind = ask("[[echo]] blind", { compare, blind: true })
  const sent = await send(blind)
  await eventsOf(sent.response)
  await expect(codeOfAnswer(user, blind.id, sent.answerId, "curl")).rejects.toMatchObject({
    code: "message:no_request",
  })
})
