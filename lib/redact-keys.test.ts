import { beforeAll, expect, test } from "vitest"
import { HIDDEN, redactKeys, registerSecret } from "@/lib/redact-keys"

const KEY = "fw_3ZtkQ9vX7mLp2RsWbYcD8abcd"
const ODD = 'my+secret/key="v1"\\end'

beforeAll(() => {
  registerSecret(KEY)
  registerSecret(ODD)
  registerSecret("ab-c1")
  registerSecret("ollama")
})

const json = (text: string) => JSON.stringify(text).slice(1, -1)
const each = (text: string, write: (code: string) => string) =>
  [...text].map((char) => write(char.charCodeAt(0).toString(16))).join("")

test.each([
  ["the key", `Invalid key ${KEY}.`],
  ["in a different case", `invalid key ${KEY.toLowerCase()}`],
  ["after Bearer", `Authorization: Bearer ${KEY}`],
  ["its beginning", `The key ${KEY.slice(0, 10)} is unknown`],
  ["its end", `…no key ${KEY.slice(-9)}`],
  ["without its prefix", `no such key: ${KEY.slice(3)}`],
  ["masked with an ellipsis", `The key fw_3Z…abcd is invalid`],
  ["masked with dots", "The key fw_3Z...abcd is invalid"],
  ["masked with asterisks", "Incorrect API key provided: fw_3Z*******************abcd."],
  ["masked with two asterisks", "key fw_**abcd"],
  ["masked except its beginning", "key fw_3Ztk*** is invalid"],
  ["masked except its end", "key ****abcd is invalid"],
  ["masked with dots except its end", "key ...8abcd is invalid"],
  ["masked with x", "key fw_3ZxxxxxxxxD8abcd is invalid"],
  ["only its end", "The key ending in 8abcd was revoked"],
  ["only its end, quoted", "key (last 4 characters: 'abcd') was revoked"],
  ["percent-encoded", `/v1?key=${each(KEY, (code) => `%${code}`)}`],
  ["JSON-escaped by character", `{"key":"${each(KEY, (code) => `\\u${code.padStart(4, "0")}`)}"}`],
  ["as entities", `<p>${each(KEY, (code) => `&#x${code};`)}</p>`],
  ["in JSON in JSON", json(json(`{"authorization":"Bearer ${KEY}"}`))],
])("the active key is hidden: %s", (_, text) => {
  const clean = redactKeys(text)
  expect(clean).toContain(HIDDEN)
  for (const piece of ["3Ztk", "3ztk", "abcd", "bYcD8", "%66", "%33", "\\u0066", "&#x33;", "fw_3Z"])
    expect(clean).not.toContain(piece)
})

test.each([
  ["as it is", ODD],
  ["URL-encoded", encodeURIComponent(ODD)],
  ["JSON-escaped", json(ODD)],
  ["JSON-escaped twice", json(json(ODD))],
  ["HTML-escaped", ODD.replaceAll('"', "&#34;")],
])("a key with unusual characters is hidden, %s", (_, text) => {
  expect(redactKeys(`no such key: ${text}.`)).toBe(`no such key: ${HIDDEN}.`)
})

test.each([
  ["from OpenAI", "sk-proj-a8Kd93jfKDkf93kdKF93"],
  ["from OpenAI, masked", "sk-abcd************wxyz"],
  ["from Groq", "gsk_a8Kd93jfKDkf93kdKF93"],
  ["from Google", `AIza${"Sy0".repeat(11)}ab`],
  ["from Hugging Face", "hf_a8Kd93jfKDkf93kdKF93"],
  ["a web token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abcDEF123"],
  ["another Fireworks key", "fw_7QqLmZx81TnVbA"],
])("a foreign key is hidden: %s", (_, token) => {
  expect(redactKeys(`Invalid credentials ${token} given`)).toBe(`Invalid credentials ${HIDDEN} given`)
})

test.each([
  ['{"x-api-key": "abc123def456"}', `{"x-api-key": "${HIDDEN}"}`],
  ["GET /v1/models?api_key=abc123def456&x=1", `GET /v1/models?api_key=${HIDDEN}&x=1`],
  ["Bearer abc123def456 is not allowed", `Bearer ${HIDDEN} is not allowed`],
  ["Basic dXNlcjpwYXNzd29yZA==", `Basic ${HIDDEN}`],
])("a value labeled as a key is hidden: %s", (text, clean) => expect(redactKeys(text)).toBe(clean))

test.each([
  "Invalid API key: please check your settings",
  "The bearer token is missing. Basic usage is limited to 5 requests.",
  "model 'accounts/fireworks/models/kimi-k3' not found, try pulling it first",
  "ollama does not support tools",
  "Wait... then try again... or not",
  "2**10 is 1024, **bold** and ***strong***",
  "max_tokens: 8192 is too large; the key top_k is unknown",
  "registry.ollama.ai/library/gemma:2b does not support tools",
  "the word fab-c12 is no key",
  "",
])("ordinary text is unchanged: %s", (text) => expect(redactKeys(text)).toBe(text))

test("a short key is hidden as a separate word", () => {
  expect(redactKeys("key ab-c1 is wrong")).toBe(`key ${HIDDEN} is wrong`)
})

test("twenty thousand characters of any kind are processed in linear time", () => {
  const before = process.cpuUsage()
  for (const text of ["key-", "a", "fw_", "*", "bearer ", "xX", "token=", "\\u", "..", KEY.slice(0, 7)])
    redactKeys(text.repeat(20_000 / text.length))
  // CPU time, because wall-clock time includes other processes.
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(5_000)
})
