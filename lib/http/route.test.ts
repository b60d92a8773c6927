import { expect, test } from "vitest"
import { z } from "zod"
import { readJson, route } from "@/lib/http/route"

let read = 0
/** Counts when the body has been parsed and is being validated. */
const schema = z.looseObject({}).refine(() => ++read > 0)

const send = (body: string) =>
  readJson(new Request("http://localhost/", { method: "POST", body }), schema, { maxBytes: 5_000_000 })

test.each<[what: string, body: string]>([
  ["400,000 keys", `{${Array.from({ length: 400_000 }, (_, n) => `"k${n}":1`).join()}}`],
  ["two million values", `{"a":[${"1,".repeat(2_000_000)}1]}`],
  ["100,000 lists in each other", `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`],
])("a body of %s is rejected before it is parsed", async (_, body) => {
  read = 0
  await expect(send(body)).rejects.toMatchObject({ code: "request:invalid" })
  expect(read).toBe(0)
})

test("a long string in a body is a single value", async () => {
  await expect(send(JSON.stringify({ text: "[{,".repeat(500_000) }))).resolves.toBeDefined()
})

test("a HEAD request leaves no body open", async () => {
  const left: string[] = []
  const answer = route<null>(async (request) => {
    const { method } = request
    return new Response(new ReadableStream({ cancel: () => void left.push(method) }), { headers: { "x-mine": "1" } })
  })
  const response = await answer(new Request("http://localhost/", { method: "HEAD" }), null)
  expect(response.headers.get("x-mine")).toBe("1")
  await answer(new Request("http://localhost/"), null)
  expect(left).toEqual(["HEAD"])
})

test("errors in a body that may match one of several schemas are specific", async () => {
  const either = z.union([
    z.strictObject({ ids: z.array(z.string()), deleted: z.literal(true) }),
    z.strictObject({ ids: z.array(z.string()), tags: z.object({ add: z.array(z.string().max(3)) }) }),
  ])
  const body = JSON.stringify({ ids: ["a"], tags: { add: ["one", "four"] } })
  const sent = readJson(new Request("http://localhost/", { method: "POST", body }), either, { maxBytes: 1_000 })
  await expect(sent).rejects.toMatchObject({
    details: { field: "tags.add.1" },
    message: expect.stringContaining("<=3"),
  })
})
