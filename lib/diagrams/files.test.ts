import { expect, test } from "vitest"
import { diagramFile } from "@/lib/diagrams/files"

test("the frame's script and Mermaid's build are available, including their imports", async () => {
  expect((await diagramFile("frame.mjs"))?.text).toContain('from "./mermaid.esm.min.mjs"')
  const entry = await diagramFile("mermaid.esm.min.mjs")
  const [, piece = ""] = /"\.\/(chunks\/mermaid\.esm\.min\/[^"]+)"/.exec(entry?.text ?? "") ?? []
  expect(await diagramFile(piece)).toMatchObject({ immutable: true })
})

test.each([
  "../package.json",
  "chunks/mermaid.esm.min/../../mermaid.js",
  "chunks/mermaid.esm.min/nothing.mjs",
  "chunks/mermaid.esm/a.mjs",
  "mermaid.js",
  "",
])("the file “%s” is not found", async (name) => {
  expect(await diagramFile(name)).toBeNull()
})
