import { describe, expect, it } from "vitest"
import { jsonIn } from "@/lib/marks/json-in"
import { readMarks } from "@/lib/marks/marks"

const sent = { width: 800, height: 600 }
const json = (value: unknown) => `Here they are:\n\n\`\`\`json\n${JSON.stringify(value)}\n\`\`\`\n`
const box = (left: number, top: number, width: number, height: number, label = "") => ({
  ...{ kind: "box", label, left, top, image: null },
  width: expect.closeTo(width, 6),
  height: expect.closeTo(height, 6),
})
const point = (left: number, top: number, label = "") => ({ ...box(left, top, 0, 0, label), kind: "point" })

describe("recognized marks", () => {
  it.each([
    ["Qwen's bbox_2d", [{ bbox_2d: [100, 200, 900, 400], label: "cat" }], box(0.1, 0.2, 0.8, 0.2, "cat")],
    ["bbox in fractions", { objects: [{ bbox: [0.25, 0.5, 0.75, 1], name: "cat" }] }, box(0.25, 0.5, 0.5, 0.5, "cat")],
    ["Gemini's box_2d, y first", [{ box_2d: [100, 200, 300, 700], label: "cat" }], box(0.2, 0.1, 0.5, 0.2, "cat")],
    ["box_2d with small numbers", [{ box_2d: [0, 0, 1, 1] }], box(0, 0, 0.001, 0.001)],
    ["a box in a nested list", [{ bbox_2d: [[100, 200, 900, 400]] }], box(0.1, 0.2, 0.8, 0.2)],
    ["point_2d", [{ point_2d: [0.5, 0.25], label: "nose" }], point(0.5, 0.25, "nose")],
    ["a point by name", { point: { x: 0.5, y: 0.25 } }, point(0.5, 0.25)],
    [
      "corners by name",
      [{ label: "a", box: { xmin: 0.1, ymin: 0.2, xmax: 0.3, ymax: 0.6 } }],
      box(0.1, 0.2, 0.2, 0.4, "a"),
    ],
    ["a corner and a size", [{ label: "a", x: 0.1, y: 0.2, width: 0.2, height: 0.4 }], box(0.1, 0.2, 0.2, 0.4, "a")],
  ])("%s", (_, value, mark) => {
    expect(readMarks(json(value), { sent, model: "qwen3-vl" })?.marks).toEqual([mark])
  })

  it("GLM's and Qwen's native formats, in thousandths", () => {
    expect(readMarks("The cat: <|begin_of_box|>[[100, 200, 300, 600]]<|end_of_box|>.", { sent })).toEqual({
      marks: [box(0.1, 0.2, 0.2, 0.4)],
      unit: "thousandths",
      sure: true,
    })
    const qwen = "<|object_ref_start|>the cat<|object_ref_end|><|box_start|>(100,200),(300,600)<|box_end|>"
    expect(readMarks(qwen, { sent })?.marks).toEqual([box(0.1, 0.2, 0.2, 0.4, "the cat")])
    expect(readMarks("<|begin_of_box|>42<|end_of_box|>", { sent })).toBeNull()
  })

  it("Qwen-VL's original format, and GLM's points, in thousandths", () => {
    const qwen = "<ref>the cat</ref><box>(100,200),(300,600)</box> and <ref>a dog</ref><box>(0,0),(500,1000)</box>"
    expect(readMarks(qwen, { sent })?.marks).toEqual([box(0.1, 0.2, 0.2, 0.4, "the cat"), box(0, 0, 0.5, 1, "a dog")])
    const glm = "The eyes: <|begin_of_box|>[[250, 100], [750, 100]]<|end_of_box|>"
    expect(readMarks(glm, { sent })).toMatchObject({ marks: [point(0.25, 0.1), point(0.75, 0.1)], unit: "thousandths" })
    expect(readMarks("<|begin_of_box|>[250, 100]<|end_of_box|>", { sent })).toBeNull()
  })

  it.each([
    ["a list of objects", '1. The cat: {"bbox_2d": [100, 200, 900, 400], "label": "cat"}\n2. Nothing else.'],
    ["code in a sentence", 'I see it at `{"bbox_2d": [100, 200, 900, 400], "label": "cat"}` here.'],
    ["one object a line in a block", '```json\n{"bbox_2d": [100, 200, 900, 400], "label": "cat"}\n{"note": 1}\n```'],
    ["single quotes and a trailing comma", "```python\n[{'bbox_2d': [100, 200, 900, 400], 'label': 'cat',},]\n```"],
    ["a member in a list item", "Found:\n- **cat**: `bbox_2d`: [100, 200, 900, 400]"],
    ["a member in a sentence", "cat (bbox_2d = [100, 200, 900, 400])."],
    ["a table with lists", "| Object | bbox_2d |\n|---|:---:|\n| **cat** | `[100, 200, 900, 400]` |\n\nThat is all."],
    [
      "a table that states the order",
      "Label | Bounding box [x1, y1, x2, y2] | Score\n--- | --- | ---\ncat | (100, 200, 900, 400) | 0.9",
    ],
    ["a table of corners", "|label|x1|y1|x2|y2|\n|-|-|-|-|-|\n|cat|100|200|900|400|"],
  ])("in %s", (_, text) => {
    expect(readMarks(text, { sent, model: "qwen3-vl" })?.marks).toEqual([box(0.1, 0.2, 0.8, 0.2, "cat")])
  })

  it.each([
    ["a list of them", json({ points: [{ x: 500, y: 250, label: "nose" }] })],
    ["a table", "| part | point_2d |\n|---|---|\n| nose | [500, 250] |"],
    ["a list item", "* nose: point_2d: [500, 250]"],
  ])("points in %s", (_, text) => {
    expect(readMarks(text, { sent, model: "qwen3-vl" })?.marks).toEqual([point(0.5, 0.25, "nose")])
  })

  it("several in one line each have their own label", () => {
    const text = "The cat bbox_2d: [100, 200, 900, 400], the dog bbox_2d: [0, 0, 500, 500]."
    expect(readMarks(text, { sent, model: "glm-5p3" })?.marks.map(({ label }) => label)).toEqual(["The cat", "the dog"])
  })

  it("the image it refers to, if the model names it", () => {
    const marks = readMarks(json([{ image: 2, bbox: [0, 0, 0.5, 0.5] }]), { sent })?.marks
    expect(marks?.[0]?.image).toBe(2)
  })

  it.each([
    ["words", "The box is at [10, 20, 30, 40]."],
    ["a list of numbers", json([10, 20, 30, 40])],
    ["a point with unknown order", json([{ point: [10, 20] }])],
    ["three numbers", json([{ bbox: [1, 2, 3] }])],
    ["numbers as strings", json([{ bbox: ["1", "2", "3", "4"] }])],
    ["corners in the wrong order", json([{ bbox_2d: [900, 200, 100, 400] }])],
    ["a box out of bounds", json([{ bbox: [100, 100, 5_000, 5_000] }])],
    ["incomplete JSON", '```json\n[{"bbox_2d": [1, 2, 3'],
    ["a table of sizes", "| name | x | y | width | height |\n|-|-|-|-|-|\n| S | 1 | 2 | 3 | 4 |"],
    ["a table with unknown order", "| object | Coordinates |\n|-|-|\n| cat | [100, 200, 900, 400] |"],
    ["a table with y first", "| object | bbox [ymin, xmin, ymax, xmax] |\n|-|-|\n| cat | [100, 200, 900, 400] |"],
    ["chart points", json([{ name: "A", x: 1, y: 2 }])],
    ["clothing sizes", json([{ x: 1, y: 2, width: 3, height: 4 }])],
  ])("not %s", (_, text) => expect(readMarks(text, { sent })).toBeNull())
})

describe("coordinate units", () => {
  const read = (at: number[], asked: Parameters<typeof readMarks>[1]) => readMarks(json([{ bbox: at }]), asked)

  it("fractions, if all are at most 1", () => {
    expect(read([0, 0, 1, 1], { sent })).toMatchObject({ unit: "parts", sure: true })
  })
  it("pixels, if one is above 1,000; without the size nothing is drawn", () => {
    const large = { width: 2_000, height: 1_000 }
    expect(read([500, 250, 1_500, 750], { sent: large })).toEqual({
      marks: [box(0.25, 0.25, 0.5, 0.5)],
      unit: "pixels",
      sure: true,
    })
    expect(read([500, 250, 1_500, 750], { sent: null })).toBeNull()
  })
  it("thousandths, if one is outside the image as sent", () => {
    expect(read([100, 100, 900, 900], { sent })).toMatchObject({ unit: "thousandths", sure: true })
  })
  it("pixels of the image each mark is on", () => {
    const sizes = [
      { width: 2_000, height: 1_000 },
      { width: 4_000, height: 4_000 },
    ]
    const value = [
      { image: 1, bbox: [500, 250, 1_500, 750] },
      { image: 2, bbox: [1_000, 1_000, 2_000, 3_000] },
    ]
    const reading = readMarks(json(value), { sent: (image) => sizes[(image ?? 1) - 1] ?? null })
    expect(reading).toMatchObject({
      unit: "pixels",
      marks: [
        { left: 0.25, width: 0.5 },
        { left: 0.25, top: 0.25, width: 0.25, height: 0.5 },
      ],
    })
  })
  it("the model family's unit, if both are possible", () => {
    const at = [80, 60, 400, 300]
    expect(read(at, { sent, model: "accounts/fireworks/models/qwen2p5-vl-32b-instruct" })).toEqual({
      marks: [box(0.1, 0.1, 0.4, 0.4)],
      unit: "pixels",
      sure: true,
    })
    expect(read(at, { sent, model: "accounts/fireworks/models/glm-5p3-flash" })).toMatchObject({
      unit: "thousandths",
      sure: true,
    })
  })
  it("thousandths for an unknown model, marked as uncertain, unless the user chooses a unit", () => {
    const at = [80, 60, 400, 300]
    expect(read(at, { sent, model: "ember-1" })).toMatchObject({ unit: "thousandths", sure: false })
    expect(read(at, { sent, model: "ember-1", unit: "pixels" })).toEqual({
      marks: [box(0.1, 0.1, 0.4, 0.4)],
      unit: "pixels",
      sure: false,
    })
    // A reader's choice doesn't override unambiguous cases.
    expect(read([0, 0, 1, 1], { sent, unit: "pixels" })).toMatchObject({ unit: "parts" })
  })
})

describe("JSON in text", () => {
  it("is found whole, fenced, on a separate line, and within a sentence", () => {
    expect(jsonIn(' {"a": 1} ')).toEqual([{ a: 1 }])
    expect(jsonIn('x\n```json\n[1]\n```\ny\n```\n{"b": "}"}\n```')).toEqual([[1], { b: "}" }])
    expect(jsonIn('I see:\n[\n {"a": "]"},\n {"a": "\\""}\n]\nDone: {"b": 2}')).toEqual([
      [{ a: "]" }, { a: '"' }],
      { b: 2 },
    ])
  })
  it("of hostile length terminates", () => {
    expect(jsonIn("[\n".repeat(100_000))).toEqual([])
    expect(jsonIn("```\n".repeat(50_000))).toEqual([])
    for (const piece of ['{"a', "[[", "|a", "|-|\n", "bbox: [1, ", "bbox: [1,2,3,4] ", "(", " ".repeat(500)])
      expect(readMarks(piece.repeat(400_000 / piece.length), { sent: null })?.marks.length ?? 0).toBeLessThanOrEqual(
        500,
      )
  })
  it("of hostile depth has no marks", () => {
    const deep = `${'[{"a":'.repeat(2_000)}1${"}]".repeat(2_000)}`
    expect(readMarks(deep, { sent })).toBeNull()
  })
})
