import { beforeEach, describe, expect, it, vi } from "vitest"
import { attachedImage, pendingUpload } from "@/components/draft/attachment"
import { DraftStore } from "@/components/draft/draft"
import { additionalPageCount, parseTakenUpload } from "@/components/uploads/taken"
import { MAX_ATTACHMENTS, Uploads } from "@/components/uploads/uploads"

const image = (id: string) => ({
  ...{ id, url: `/api/images/${id}`, mediaType: "image/png", name: `${id}.png` },
  ...{ width: 4, height: 3, bytes: 99 },
})

let draft: DraftStore
let uploads: Uploads
beforeEach(() => {
  draft = new DraftStore("c1")
  uploads = new Uploads(draft, 1_000, { wrong: (reason) => reason, lost: (name) => `lost: ${name}` })
})

const names = () => draft.get().attachments.map(({ name }) => name)
const text = (name: string, words = "x") => new File([words], name, { type: "text/plain" })

describe("additional pages", () => {
  it.each([
    [{ kind: "image", image: image("i1"), pages: 5 }, 4],
    [{ kind: "image", image: image("i1") }, 0],
    [{ kind: "image", image: image("i1"), pages: 2, images: [image("i1"), image("i2")] }, 0],
    [{ kind: "document", document: { id: "d", name: "d", pages: 5 } }, 0],
    [null, 0],
  ])("of %j are %i", (taken, count) => expect(additionalPageCount(taken)).toBe(count))
})

describe("attachments", () => {
  it("are read independently: a failure is reported, and the others stay", async () => {
    uploads.add([text("a.txt"), text("empty.txt", ""), text("long.txt", "x".repeat(2_000))])
    expect(names()).toEqual(["a.txt", "empty.txt", "long.txt"])
    await vi.waitFor(
      () =>
        expect(draft.get().attachments).toMatchObject([
          { kind: "text", state: "ready", file: { text: "x" } },
          { state: "failed", error: "empty", source: null },
          // There is room for it when another one is removed.
          { state: "failed", error: "tooLarge", source: expect.any(File) },
        ]),
      { timeout: 60_000 },
    )
  })

  it("are limited in number; the rest is listed until the next change", () => {
    uploads.add(Array.from({ length: MAX_ATTACHMENTS + 2 }, (_, place) => text(`${place}.txt`)))
    expect(names()).toHaveLength(MAX_ATTACHMENTS)
    expect(uploads.rest.get()).toEqual(["30.txt", "31.txt"])
    expect(uploads.addText({ name: "b.txt", mediaType: "text/plain", text: "x" })).toBeNull()
    expect(uploads.addImage(image("i1"))).toBeNull()
    uploads.remove(draft.get().attachments[0]?.key ?? "")
    expect(uploads.rest.get()).toEqual([])
    expect(uploads.addImage(image("i1"))).not.toBeNull()
  })

  it("include a document's images once, however often they are requested", async () => {
    const images = ["i1", "i2"].map(image)
    const answer = async () => Response.json({ images, left: 1 }, { status: 201 })
    vi.stubGlobal("fetch", vi.fn(answer))
    expect(await uploads.addPictures("d")).toEqual({ added: 2, there: 0, left: 1 })
    expect(await uploads.addPictures("d")).toEqual({ added: 0, there: 2, left: 1 })
    uploads.remove(draft.get().attachments[0]?.key ?? "")
    expect(await uploads.addPictures("d")).toEqual({ added: 1, there: 1, left: 1 })
    expect(names()).toEqual(["i2.png", "i1.png"])
    vi.unstubAllGlobals()
  })

  it("can be reordered, and image descriptions stay with their image", () => {
    for (const id of ["a", "b", "c"]) uploads.addImage(image(id))
    const [first] = draft.get().attachments
    uploads.changeImage(first?.key ?? "", { alt: "Ants", detail: "full" })
    uploads.move(first?.key ?? "", 2)
    expect(names()).toEqual(["b.png", "c.png", "a.png"])
    uploads.move("nobody", 0)
    expect(draft.take().images).toMatchObject([{ id: "b" }, { id: "c" }, { id: "a", alt: "Ants", detail: "full" }])
  })

  it("report missing data when an earlier page left them and the browser stored none", async () => {
    draft.update(() => ({ attachments: [pendingUpload({ key: "k", name: "big.png", upload: null, address: null })] }))
    uploads.adopt()
    await vi.waitFor(
      () => expect(draft.get().attachments).toMatchObject([{ state: "failed", error: "lost: big.png" }]),
      { timeout: 60_000 },
    )
    uploads.adopt()
    expect(draft.get().attachments).toMatchObject([{ state: "failed" }])
  })
})

describe("draft with a pending upload", () => {
  it("stores where to resume, and doesn't send it", () => {
    const items = new Map<string, string>()
    const storage = {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => Boolean(items.set(key, value)),
      removeItem: (key: string) => void items.delete(key),
    }
    draft.load(storage)
    const pending = { key: "k", name: "big.png", upload: "/api/uploads/u1", address: null }
    draft.update(() => ({ attachments: [attachedImage(image("i1")), pendingUpload(pending)] }))
    draft.flush()
    const next = new DraftStore("c1")
    next.load(storage)
    expect(next.get().attachments).toMatchObject([{ state: "ready" }, { ...pending, state: "waiting", left: true }])
    expect(next.take().images).toHaveLength(1)
    expect(next.get().attachments).toMatchObject([pending])
  })
})

describe("file type reported by the server", () => {
  it.each([
    [
      { kind: "image", image: image("i1") },
      { kind: "image", image: { id: "i1" } },
    ],
    [
      { kind: "text", file: { name: "a", mediaType: "text/plain", text: "x" } },
      { kind: "text", file: { text: "x" } },
    ],
  ])("%j", (taken, attachment) => expect(parseTakenUpload(taken)).toMatchObject({ ...attachment, state: "ready" }))

  it.each([null, "image", { kind: "image" }, { kind: "film", film: {} }, { kind: "document", document: {} }])(
    "is never %j",
    (taken) => expect(() => parseTakenUpload(taken)).toThrow(),
  )
})
