import { expect, test } from "vitest"
import { readFiles, type UploadedFile, type UploadLimits } from "@/lib/images/upload"

const LIMITS: UploadLimits = { maxFiles: 3, maxBytes: 1_000 }
const BOUNDARY = "----sparkler"

const file = (name: string, size: number) => new File([new Uint8Array(size).fill(65)], name)

function form(...files: File[]): Request {
  const body = new FormData()
  body.append("note", "read by nobody")
  for (const each of files) body.append("file", each)
  return new Request("http://localhost/api/images", { method: "POST", body })
}

/** A body sent in pieces; `sent` counts how many pieces were requested. */
function pieces(parts: (string | Uint8Array)[], type = `multipart/form-data; boundary=${BOUNDARY}`) {
  const progress = { sent: 0 }
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        const part = parts[progress.sent++]
        if (part === undefined) controller.close()
        else controller.enqueue(typeof part === "string" ? new TextEncoder().encode(part) : part)
      },
    },
    { highWaterMark: 0 },
  )
  const init: RequestInit & { duplex: "half" } = {
    method: "POST",
    body,
    headers: { "content-type": type },
    duplex: "half",
  }
  return { request: new Request("http://localhost/api/images", init), progress }
}
const head = (name: string) =>
  `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: image/png\r\n\r\n`

async function read(request: Request, limits = LIMITS): Promise<UploadedFile[]> {
  const files: UploadedFile[] = []
  for await (const each of readFiles(request, limits)) files.push(each)
  return files
}

test("files arrive with their names and bytes, other fields are ignored", async () => {
  const files = await read(form(file("a.png", 3), file("Grüße 照片.jpg", 1_000)))
  expect(files.map(({ name, bytes }) => [name, bytes.length])).toEqual([
    ["a.png", 3],
    ["Grüße 照片.jpg", 1_000],
  ])
  expect(files[0]?.bytes).toEqual(new Uint8Array([65, 65, 65]))
})

test("a file is passed on before the next one has arrived", async () => {
  const { request, progress } = pieces([`${head("a")}first\r\n`, head("b"), "second", `\r\n--${BOUNDARY}--`])
  const files = readFiles(request, LIMITS)
  expect((await files.next()).value).toMatchObject({ name: "a" })
  expect(progress.sent).toBe(2)
  expect((await files.next()).value).toMatchObject({ name: "b" })
  expect((await files.next()).done).toBe(true)
})

test("a file over the limit is rejected by name", async () => {
  await expect(read(form(file("a.png", 10), file("big.png", 1_600)))).rejects.toMatchObject({
    code: "image:too_large",
    message: expect.stringContaining("“big.png” is "),
    details: { name: "big.png" },
  })
})

test("a file far over the limit is not buffered", async () => {
  const { request } = pieces([head("huge"), ...Array.from({ length: 50 }, () => new Uint8Array(1_000))])
  await expect(read(request)).rejects.toMatchObject({
    code: "image:too_large",
    message: expect.stringContaining("far over the limit"),
  })
})

test("input after an error is drained, but not endlessly", async () => {
  const { request, progress } = pieces([head("huge"), ...Array.from({ length: 1_000 }, () => new Uint8Array(1_000))])
  await expect(read(request)).rejects.toMatchObject({ code: "image:too_large" })
  expect(progress.sent).toBeGreaterThan(4)
  expect(progress.sent).toBeLessThan(12)
})

test("more files than the limit are rejected, and so are too many other fields", async () => {
  const files = Array.from({ length: 4 }, (_, index) => file(`${index}.png`, 1))
  await expect(read(form(...files))).rejects.toMatchObject({
    code: "image:too_many",
    message: "You can add up to 3 images at once.",
  })
  const fields = Array.from(
    { length: 30 },
    (_, index) => `--${BOUNDARY}\r\ncontent-disposition: form-data; name="f${index}"\r\n\r\nx\r\n`,
  )
  await expect(read(pieces([...fields, `--${BOUNDARY}--`]).request)).rejects.toMatchObject({ code: "image:too_many" })
})

test.each([
  ["cut off", pieces([head("a"), "only half"]).request, /damaged or incomplete/],
  ["not multipart", pieces(["{}"], "application/json").request, /damaged or incomplete/],
  ["without a body", new Request("http://localhost", { method: "POST" }), /damaged or incomplete/],
  ["without a boundary", pieces(["x"], "multipart/form-data").request, /damaged or incomplete/],
  ["without files", form(), /fields named “file”/],
  [
    "a name that is no text",
    pieces([
      head("a"),
      "x",
      new Uint8Array([13, 10]),
      `--${BOUNDARY}\r\nx: `,
      new Uint8Array([0xff, 0xfe]),
      `\r\n\r\n1\r\n--${BOUNDARY}--`,
    ]).request,
    /damaged/,
  ],
])("an invalid upload is rejected: %s", async (_, request, message) => {
  await expect(read(request)).rejects.toMatchObject({
    code: "request:invalid",
    message: expect.stringMatching(message),
  })
})
