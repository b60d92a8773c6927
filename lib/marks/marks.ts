/**
 * Boxes and points that a model writes into its answer, as fractions of the picture. Pure.
 *
 * Recognized formats, and no others:
 * - JSON: the whole answer, a fenced block, or an object or a list of them anywhere, also in Python notation. Objects
 *   are found at any depth; a mark is an object with one of these members: `bbox_2d`, `bbox`, `box` [x1, y1, x2, y2] ·
 *   `box_2d` [y1, x1, y2, x2] (Gemini) · `point_2d` [x, y] · the same by name: {x1, y1, x2, y2}, {xmin, ymin, xmax,
 *   ymax}, {left, top, right, bottom}, {x, y, width, height}, {x, y}. In a list called `points` or `keypoints`, {x, y}
 *   is a point, too. The label is `label`, `text_content`, `name`, `class`, `category`, or `description`; `image` (from
 *   1) is the number of the picture.
 * - Tables whose columns have these names, and members with their lists in a sentence: `bbox_2d: [x1, y1, x2, y2]`.
 * - `<|begin_of_box|>[[x1, y1, x2, y2], …]<|end_of_box|>`, or points `[[x, y], …]` (GLM), and
 *   `<|object_ref_start|>label<|object_ref_end|><|box_start|>(x1, y1),(x2, y2)<|box_end|>`, or
 *   `<ref>label</ref><box>(x1, y1),(x2, y2)</box>` (Qwen).
 *
 * A list `point` without names isn't recognized: models differ in which of its numbers comes first.
 *
 * The unit of the numbers, determined for all marks of one member together:
 * 1. `box_2d` and both special formats: always thousandths of the picture.
 * 2. All numbers are at most 1: fractions of the picture.
 * 3. One is above 1,000: pixels of the picture as it was sent.
 * 4. One is outside the picture as it was sent: thousandths.
 * 5. Otherwise both are possible: the model's family decides. For an unknown family, thousandths are assumed, and the
 *    result is marked as not sure, so that the reader can be asked.
 *
 * A mark whose corners are out of order, or that is outside the picture, is left out, because it would be a guess.
 */
import { isRecord } from "@/lib/is-record"
import { jsonIn, takeJson } from "@/lib/marks/json-in"
import { membersIn, tableRows } from "@/lib/marks/rows"

export type MarkUnit = "parts" | "thousandths" | "pixels"

/** Left, top, width, and height are fractions of the picture, 0 to 1; a point has no width or height. */
export interface Mark {
  kind: "box" | "point"
  label: string
  left: number
  top: number
  width: number
  height: number
  /** The number of the picture in the question, from 1, if the model gives one. */
  image: number | null
}

export interface MarkReading {
  marks: Mark[]
  unit: MarkUnit
  /** Whether the rules are unambiguous; otherwise the reader may know better. */
  sure: boolean
}

/** Maximum marks drawn for one answer. */
const MOST = 500

interface Size {
  width: number
  height: number
}

interface Asked {
  /** Pixels of the picture as it was sent, or of each picture by its number; null if not known. */
  sent: Size | null | ((image: number | null) => Size | null)
  /** The model's id. */
  model?: string
  /** The reader's choice of unit if the rules are ambiguous. */
  unit?: MarkUnit
}

/** Numbers as written: x1, y1, x2, y2. */
interface Raw {
  kind: Mark["kind"]
  label: string
  image: number | null
  at: [number, number, number, number]
  /** The format specifies thousandths. */
  thousandths: boolean
}

/** Null if there are none. */
export function readMarks(text: string, { sent, model = "", unit: said }: Asked): MarkReading | null {
  const sizeOf = typeof sent === "function" ? sent : () => sent
  const { values, rest } = takeJson(text)
  const written = [...values, ...tableRows(rest), ...membersIn(rest)]
  const raw = [...specialForms(text), ...written.flatMap((value) => rawIn(value))].slice(0, MOST)
  if (raw.length === 0) return null
  const open = raw.filter(({ thousandths }) => !thousandths)
  const decided = open.length > 0 ? decide(open, sizeOf, model) : ({ unit: "thousandths", sure: true } as const)
  const unit = decided.sure ? decided.unit : (said ?? decided.unit)
  const marks = raw.flatMap((one) => markOf(one, one.thousandths ? "thousandths" : unit, sizeOf(one.image)) ?? [])
  return marks.length > 0 ? { marks, unit, sure: decided.sure } : null
}

type SizeOf = (image: number | null) => Size | null

function decide(raw: Raw[], sizeOf: SizeOf, model: string): { unit: MarkUnit; sure: boolean } {
  const numbers = raw.flatMap(({ at }) => at)
  const most = Math.max(...numbers)
  if (most <= 1) return { unit: "parts", sure: true }
  if (most > 1_000) return { unit: "pixels", sure: true }
  const beyond = raw.some(({ at: [, , x, y], image }) => {
    const size = sizeOf(image)
    return size !== null && (x > size.width || y > size.height)
  })
  if (beyond) return { unit: "thousandths", sure: true }
  const [, known] = FAMILIES.find(([names]) => names.test(model)) ?? []
  const measured = raw.every(({ image }) => sizeOf(image) !== null)
  return known ? { unit: known, sure: measured || known === "thousandths" } : { unit: "thousandths", sure: false }
}

/**
 * Families whose authors document the unit: Qwen2.5-VL uses pixels of the picture as it is sent (its report, section
 * 2.1), Qwen3-VL and GLM-4.5V and later use thousandths (their cookbooks).
 */
const FAMILIES: [RegExp, MarkUnit][] = [
  [/qwen-?2[.p]?5/i, "pixels"],
  [/qwen-?3|glm-?[4-9]/i, "thousandths"],
]

/** Tolerates coordinates slightly outside, caused by rounding. */
const ROUNDING = 0.005

function markOf({ kind, label, image, at }: Raw, unit: MarkUnit, sent: Size | null): Mark | null {
  if (unit === "pixels" && !sent) return null
  const [wide, high] =
    unit === "pixels" && sent ? [sent.width, sent.height] : unit === "parts" ? [1, 1] : [1_000, 1_000]
  const [x1, y1, x2, y2] = [at[0] / wide, at[1] / high, at[2] / wide, at[3] / high]
  const inside = [x1, y1, x2, y2].every((value) => value >= -ROUNDING && value <= 1 + ROUNDING)
  if (!inside || (kind === "box" && (x2 <= x1 || y2 <= y1))) return null
  const [left, top, right, bottom] = [x1, y1, x2, y2].map((value) => Math.min(1, Math.max(0, value)))
  if (left === undefined || top === undefined || right === undefined || bottom === undefined) return null
  return { kind, label, image, left, top, width: right - left, height: bottom - top }
}

const MAX_DEPTH = 12

/** Lists with these names contain points, with or without labels. */
const POINTS = /^(?:key_?)?points$/i

/** `name`: the member that contains the value, directly or in a list. */
function rawIn(value: unknown, depth = 0, name = ""): Raw[] {
  if (depth > MAX_DEPTH || typeof value !== "object" || value === null) return []
  if (Array.isArray(value)) return value.flatMap((item) => rawIn(item, depth + 1, name))
  if (!isRecord(value)) return []
  const own = rawOf(POINTS.test(name) ? { point: value, ...value } : value)
  return own ? [own] : Object.entries(value).flatMap(([key, item]) => rawIn(item, depth + 1, key))
}

const LABELS = ["label", "text_content", "name", "class", "category", "description"]
const BOXES = ["bbox_2d", "bbox", "box"]

function rawOf(value: Record<string, unknown>): Raw | null {
  const label = LABELS.map((name) => value[name]).find((text) => typeof text === "string")
  const image = value.image ?? value.image_index
  const facts = {
    label: typeof label === "string" ? label.trim() : "",
    image: typeof image === "number" && Number.isInteger(image) && image > 0 ? image : null,
  }
  const [y1, x1, y2, x2] = numbersOf(value.box_2d, 4) ?? []
  if (y1 !== undefined && x1 !== undefined && y2 !== undefined && x2 !== undefined)
    return { ...facts, kind: "box", at: [x1, y1, x2, y2], thousandths: true }
  for (const name of BOXES) {
    const at = cornersOf(numbersOf(value[name], 4) ?? namedCorners(value[name]))
    if (at) return { ...facts, kind: "box", at, thousandths: false }
  }
  const [x, y] = numbersOf(value.point_2d, 2) ?? namedPoint(value.point_2d ?? value.point) ?? []
  if (x !== undefined && y !== undefined) return { ...facts, kind: "point", at: [x, y, x, y], thousandths: false }
  const own = cornersOf(facts.label ? namedCorners(value) : null)
  return own ? { ...facts, kind: "box", at: own, thousandths: false } : null
}

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value)

/** A list of `count` numbers, optionally nested in another list. */
function numbersOf(value: unknown, count: number): number[] | null {
  if (!Array.isArray(value)) return null
  if (value.length === 1) return numbersOf(value[0], count)
  return value.length === count && value.every(isNumber) ? value : null
}

const cornersOf = (numbers: number[] | null): Raw["at"] | null => {
  const [x1, y1, x2, y2] = numbers ?? []
  return x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined ? null : [x1, y1, x2, y2]
}

const CORNERS = [
  ["x1", "y1", "x2", "y2"],
  ["xmin", "ymin", "xmax", "ymax"],
  ["x_min", "y_min", "x_max", "y_max"],
  ["left", "top", "right", "bottom"],
]

function namedCorners(value: unknown): number[] | null {
  if (!isRecord(value)) return null
  for (const names of CORNERS) {
    const numbers = names.map((name) => value[name])
    if (numbers.every(isNumber)) return numbers
  }
  const { x, y, width, height } = value
  return isNumber(x) && isNumber(y) && isNumber(width) && isNumber(height) ? [x, y, x + width, y + height] : null
}

function namedPoint(value: unknown): number[] | null {
  if (!isRecord(value) || Array.isArray(value)) return null
  const { x, y } = value
  return isNumber(x) && isNumber(y) ? [x, y] : null
}

const GLM = /<\|begin_of_box\|>([^<]*)<\|end_of_box\|>/g
const CORNER_PAIRS = String.raw`\s*\(([\d.]+),\s*([\d.]+)\)\s*,\s*\(([\d.]+),\s*([\d.]+)\)\s*`
const QWEN = [
  new RegExp(
    String.raw`(?:<\|object_ref_start\|>([^<]*)<\|object_ref_end\|>\s*)?<\|box_start\|>${CORNER_PAIRS}<\|box_end\|>`,
    "g",
  ),
  new RegExp(String.raw`(?:<ref>([^<]*)</ref>\s*)?<box>${CORNER_PAIRS}</box>`, "g"),
]

function specialForms(text: string): Raw[] {
  if (!/<\|box_start|<\|begin_of_box|<box>/.test(text)) return []
  const fixed = { image: null, thousandths: true }
  const glm = [...text.matchAll(GLM)].flatMap(([, inner = ""]) => {
    const values = jsonIn(inner)
    const boxes = values.flatMap(boxesIn).map((at): Raw => ({ ...fixed, kind: "box", label: "", at }))
    return boxes.length > 0
      ? boxes
      : values.flatMap(pointsIn).map((at): Raw => ({ ...fixed, kind: "point", label: "", at }))
  })
  const qwen = QWEN.flatMap((form) => [...text.matchAll(form)]).flatMap(([, label = "", ...corners]): Raw[] => {
    const at = cornersOf(corners.map(Number))
    return at ? [{ ...fixed, kind: "box", label: label.trim(), at }] : []
  })
  return [...glm, ...qwen]
}

/** A list of lists of two numbers: a single pair could be any answer. */
const pointsIn = (value: unknown): Raw["at"][] =>
  !Array.isArray(value)
    ? []
    : value.flatMap((pair) => {
        const [x, y] = numbersOf(pair, 2) ?? []
        return x === undefined || y === undefined ? [] : [[x, y, x, y] satisfies Raw["at"]]
      })

/** Bare lists of four numbers. */
function boxesIn(value: unknown): Raw["at"][] {
  if (!Array.isArray(value)) return []
  const at = value.length === 4 && value.every(isNumber) ? cornersOf(value) : null
  return at ? [at] : value.flatMap(boxesIn)
}
