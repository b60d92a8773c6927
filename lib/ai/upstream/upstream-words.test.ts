import { expect, test } from "vitest"
import { cleanErrorText, rawErrorText } from "@/lib/ai/upstream/upstream-words"

const said = (body: unknown) => cleanErrorText(rawErrorText(typeof body === "string" ? body : JSON.stringify(body)))

test.each<[server: string, body: unknown, words: string]>([
  ["Fireworks", { error: { message: "No", type: "x", param: null, code: "c" }, request_id: "r" }, "No"],
  ["Fireworks, older", { error: { object: "error", type: "invalid_request_error", message: "No" } }, "No"],
  ["Fireworks, a text", { error: "No" }, "No"],
  [
    "Fireworks, 422",
    { detail: [{ loc: ["body", "messages", 0, "content"], msg: "Field required", type: "missing" }] },
    "messages.0.content: Field required",
  ],
  [
    "several problems",
    { detail: [1, 2, 3, 4, 4].map((n) => ({ loc: ["body", `k${n}`], msg: "No", type: "x" })) },
    "k1: No; k2: No; k3: No",
  ],
  ["a list of errors", [{ error: { message: "No" } }], "No"],
  ["a list of texts", ["No", "Never"], "No; Never"],
  ["errors", { errors: [{ code: 7003, message: "No route" }], success: false, messages: [], result: null }, "No route"],
  ["errors by field", { errors: { model: ["is gone"] }, message: "Invalid" }, "Invalid"],
  ["errors by field alone", { errors: { name: ["is too long", "is odd"] } }, "name: is too long; is odd"],
  [
    "OpenRouter",
    { error: { message: "Provider returned error", metadata: { raw: '{"error":"No"}' } } },
    "Provider returned error: No",
  ],
  ["MiniMax", { base_resp: { status_code: 1004, status_msg: "No" } }, "No"],
  ["data", { status: "error", data: { message: "No" } }, "No"],
  ["err", { ok: false, err: "No" }, "No"],
  ["err_msg", { err_no: 7, err_msg: "No" }, "No"],
  ["an exception", { exception: "No" }, "No"],
  ["a response", { response: { error: { message: "No" } } }, "No"],
  ["a text in a message", { error: { message: { text: "No" } } }, "No"],
  ["message", { message: "No" }, "No"],
  ["Message", { Message: "No", __type: "X" }, "No"],
  ["msg", { code: 7, msg: "No" }, "No"],
  ["detail", { detail: "No" }, "No"],
  ["detail, an object", { detail: { error: { message: "No" } } }, "No"],
  ["detail, of words", { detail: { reason: "No" } }, "No"],
  ["a message that is an object", { error: { message: { detail: [{ loc: ["body", "x"], msg: "No" }] } } }, "x: No"],
  ["a message that is JSON", { error: { message: '{"error":{"message":"No"}}' } }, "No"],
  ["vLLM", { object: "error", message: "No", type: "BadRequestError", param: null, code: 400 }, "No"],
  ["Google", [{ error: { code: 400, message: "No", status: "INVALID_ARGUMENT", details: [{ "@type": "x" }] } }], "No"],
  ["Google without words", { error: { code: 403, status: "PERMISSION_DENIED" } }, "PERMISSION_DENIED"],
  ["Ollama", { error: "model 'x' not found" }, "model 'x' not found"],
  ["Ollama, OpenAI's shape", { error: { message: "No", type: "api_error", param: null, code: null } }, "No"],
  ["LM Studio", { error: "No" }, "No"],
  ["LM Studio, in a stream", 'event: error\ndata: {"error":{"message":"No"}}\n\n', "No"],
  [
    "llama.cpp",
    { error: { code: 500, message: "tools param requires --jinja flag", type: "x" } },
    "tools param requires --jinja flag",
  ],
  ["Hugging Face", { error: ["Error in `x`"], error_type: "validation" }, "Error in `x`"],
  ["NestJS", { statusCode: 400, message: ["No"], error: "Bad Request" }, "Bad Request: No"],
  ["a problem", { type: "about:blank", title: "Forbidden", status: 403, detail: "Not for you" }, "Not for you"],
  ["a flag for an error", { error: true, message: "No" }, "No"],
  ["OAuth", { error: "invalid_client", error_description: "No such client" }, "invalid_client: No such client"],
  ["Apigee", { fault: { faultstring: "No", detail: { errorcode: "x" } } }, "No"],
  [
    "S3",
    "<?xml version='1.0'?><Error><Code>AccessDenied</Code><Message>Not yours</Message></Error>",
    "AccessDenied. Not yours",
  ],
  ["plain text", "  upstream connect error\n or disconnect ", "upstream connect error or disconnect"],
  ["a text in JSON", '"No"', "No"],
  ["half an object", '{"error": {"message": "The model \\"x\\" is bu', 'The model "x" is bu'],
  [
    "a firewall's page",
    "<!DOCTYPE html><html><head><title>Attention Required! | Cloudflare</title><style>a{}</style></head><body><script>x<1</script><h1>Sorry, you have been blocked</h1><p>This &amp; that.</p></body></html>",
    "Attention Required! | Cloudflare. Sorry, you have been blocked. This & that.",
  ],
  ["a short page", "<html><body>Gateway down</body></html>", "Gateway down"],
])("%s", (_, body, words) => expect(said(body)).toBe(words))

test.each(["", "  ", "{}", "[]", "null", "7", '{"error":null}', '{"error": {"mess', '{"error":{"message":""}}'])(
  "%j contains no message",
  (body) => expect(said(body)).toBeUndefined(),
)

test("upstream messages become one short line, without control characters or keys, cut at a character boundary", () => {
  expect(said({ error: "a\u0000b\u202ec\n\td" })).toBe("a b c d")
  expect(said({ error: "Invalid fw_3Zabcdefgh12345" })).toBe("Invalid [hidden]")
  const long = said(`${"x".repeat(298)}👋${"y".repeat(50)}`)
  expect(long).toBe(`${"x".repeat(298)}…`)
})

test("special characters in a server's message are kept", () => {
  expect(said({ error: "The template needs <image> in {prompt}" })).toBe("The template needs <image> in {prompt}")
})

test("a deeply nested body is handled without overflow", () => {
  expect(said(`${'{"error":'.repeat(2_000)}"x"${"}".repeat(2_000)}`)).toBeUndefined()
  expect(said("[".repeat(50_000))).toBeUndefined()
})
