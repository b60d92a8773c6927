/** Secrets are found even when split into pieces, and nothing else changes. */
import { describe, expect, test } from "vitest"
import { redactStream } from "@/lib/recording/save/redact-stream"
import { divided, edited, Redactor } from "@/lib/recording/save/redactor"
import { registerSecret } from "@/lib/redact-keys"

const KEY = "fw_3ZkQ9vTq7LmN2pRs8WxY4b"
registerSecret(KEY)
const EMAIL = "ada@firma.de"
const redactor = () => new Redactor([EMAIL])

describe("a text", () => {
  test.each([
    ["a key in use", `the key ${KEY} is`, "the key [hidden] is"],
    ["a bearer token", "Authorization: Bearer abcDEF123456ghiJKL7890", "Authorization: Bearer [hidden]"],
    ["a password", "password: Tr0ub4dor&3x", "password: [hidden]"],
    ["a token of GitHub", `ghp_${"a1B2".repeat(9)} here`, "[hidden] here"],
    ["the account's address", `mail ${EMAIL} or ADA@Firma.de`, "mail [email] or [email]"],
    ["the address in a link", `https://a.test/?to=${encodeURIComponent(EMAIL)}`, "https://a.test/?to=[email]"],
    [
      "a signed link",
      "see https://s3.test/f.png?X-Amz-Signature=abc&X-Amz-Date=1.",
      "see https://s3.test/f.png?[link]",
    ],
    ["a link with a name in it", "https://ada:pw12@host.test/x", "https://[link]@host.test/x"],
    ["a link that stays as it is written", "HTTPS://Host.test:443/grün?sig=1", "HTTPS://Host.test:443/grün?[link]"],
    ["a token behind the #", "https://a.test/cb#access_token=x1&state=2", "https://a.test/cb#[link]"],
    [
      "a signed link as JSON of Go has it",
      String.raw`{"url":"https:\/\/s3.test/f?a=1\u0026X-Amz-Signature=5f3a"}`,
      String.raw`{"url":"https:\/\/s3.test/f?[link]"}`,
    ],
    ["a signed link within a link", "https://a.test/?to=https%3A%2F%2Fb.test%3Fsig%3D1", "https://a.test/?[link]"],
    ["a link to a part of a page", "https://docs.test/a#token", "https://docs.test/a#token"],
    ["a plain link", "https://host.test/x?page=2", "https://host.test/x?page=2"],
    ["somebody else's address", "bob@firma.de", "bob@firma.de"],
    ["ordinary words", "The key to a good password is length.", "The key to a good password is length."],
  ])("%s", (_, text, clean) => {
    expect(redactor().text(text)).toBe(clean)
  })

  test("every removed occurrence is counted", () => {
    const one = redactor()
    one.value({ a: KEY, b: [KEY, EMAIL], [KEY]: "x", c: "https://h.test/?sig=1" })
    expect(one.removed).toEqual({ keys: 3, links: 1, emails: 1 })
  })

  test("a secret identifiable only by its field name is found in an object, too", () => {
    const value = { password: "Tr0ub4dor&3x", list: [{ client_secret: "Qq12Qq12" }], key: "C major", token: 'say "hi"' }
    const clean = { ...value, password: "[hidden]", list: [{ client_secret: "[hidden]" }] }
    expect(redactor().value(value)).toEqual(clean)
  })
})

test("a key split anywhere is found, and each chunk keeps its other text", () => {
  const text = `before ${KEY} behind`
  for (let cut = 1; cut < text.length; cut++) {
    const pieces = redactor().pieces([text.slice(0, cut), "", text.slice(cut)])
    expect(pieces.join("")).toBe("before [hidden] behind")
    expect(pieces).toHaveLength(3)
  }
  const letters = redactor().pieces([...text])
  expect(letters.join("")).toBe("before [hidden] behind")
  expect(letters.slice(0, 7).join("")).toBe("before ")
  expect(letters.slice(-7).join("")).toBe(" behind")
})

test.each([
  "https://ada:pw12@host.test/x and more",
  "https://h.test/文件文件文件文件.png?X-Amz-Signature=0123456789abcdef end",
  `${KEY} Bearer%20xyzABC123456 ${KEY} tail`,
  `Bearer  xyzABC123456 ${EMAIL} Bearer\nxyzABC123456 ${KEY}`,
])("%s: split into letters it is redacted the same as in one piece", (text) => {
  const pieces = redactor().pieces([...text])
  expect(pieces).toHaveLength([...text].length)
  expect(pieces.join("")).toBe(redactor().text(text))
  expect(pieces.join("")).not.toMatch(/pw12|0123|fw_3|xyzABC|ada@/)
})

test("edits are distributed across the chunks", () => {
  const edits = [
    { from: 2, to: 6, text: "X" },
    { from: 8, to: 9, text: "YYY" },
  ]
  const pieces = ["abc", "def", "ghi", "j"]
  expect(edited(pieces.join(""), edits)).toBe("abXghYYYj")
  expect(divided(pieces, edits)).toEqual(["abX", "", "ghYYY", "j"])
})

describe("a streamed answer", () => {
  const event = (delta: object, more = {}) =>
    `data: ${JSON.stringify({ id: "c-1", choices: [{ index: 0, delta, ...more }] })}\n\n`
  const words = (stream: string) =>
    stream
      .split("\n\n")
      .filter((line) => line.startsWith("data: {"))
      .map((line) => JSON.parse(line.slice(6)).choices[0].delta)

  test("without a secret it is unchanged byte for byte, however it is formatted", () => {
    const stream = [': hello\n\ndata: {"choices" : [ {"delta":{"content":"h', 'i"}} ] }\n\n', "data: [DONE]\n\n"]
    expect(redactStream(stream, redactor())).toEqual(stream)
  })

  test.each(["content", "reasoning_content"])(
    "a key in %s, one letter per event, read in arbitrary chunks",
    (member) => {
      const stream = [...`say ${KEY} now`].map((letter) => event({ [member]: letter })).join("")
      const pieces = stream.match(/.{1,37}/gs) ?? []
      const clean = redactStream(pieces, redactor())
      expect(clean).toHaveLength(pieces.length)
      const said = words(clean.join("")).map((delta) => delta[member])
      expect(said.join("")).toBe("say [hidden] now")
    },
  )

  test("a key in the arguments of the second of two calls", () => {
    const call = (index: number, text: string) => event({ tool_calls: [{ index, function: { arguments: text } }] })
    const stream = [
      call(0, '{"a":"'),
      call(1, `{"b":"${KEY.slice(0, 9)}`),
      call(0, 'x"}'),
      call(1, `${KEY.slice(9)}"}`),
    ]
    const clean = redactStream(stream, redactor()).join("")
    const of = (index: number) =>
      words(clean)
        .flatMap(({ tool_calls: calls }) => calls)
        .filter((one: { index: number }) => one.index === index)
        .map((one: { function: { arguments: string } }) => one.function.arguments)
        .join("")
    expect([of(0), of(1)]).toEqual(['{"a":"x"}', '{"b":"[hidden]"}'])
  })

  test("logprobs, which would reveal it again, are removed too", () => {
    const stream = [...KEY].map((token) => event({ content: token }, { logprobs: { content: [{ token }] } }))
    const clean = redactStream(stream, redactor()).join("")
    expect(clean).not.toContain('"token"')
  })

  test("a key in an event with a line separator valid in JSON", () => {
    const stream = [event({ content: KEY.slice(0, 9) }), event({ content: `${KEY.slice(9)} \u2028` })].join("")
    const said = words(redactStream([stream], redactor()).join("")).map(({ content }) => content)
    expect(said.join("")).toBe("[hidden] \u2028")
  })

  test("an error response and non-event data", () => {
    expect(redactStream([`{"error":"bad key ${KEY}"}`], redactor())).toEqual(['{"error":"bad key [hidden]"}'])
    expect(redactStream([`<html>${KEY}`], redactor())).toEqual(["<html>[hidden]"])
    const refusal = JSON.stringify({ error: { password: "Tr0ub4dor&3x", [KEY]: "is wrong" } })
    expect(redactStream([refusal], redactor())).toEqual(['{"error":{"password":"[hidden]","[hidden]":"is wrong"}}'])
  })
})
