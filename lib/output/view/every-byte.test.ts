/**
 * JSON that arrives byte by byte: no cut makes the view throw, show a value as the wrong type, or move anything already
 * shown.
 */
import { describe, expect, it } from "vitest"
import { fillSchema } from "@/lib/demo/fill"
import { JsonNumber, JsonObject } from "@/lib/output/json-source"
import { parsePartial } from "@/lib/output/partial"
import { SCHEMA_TEMPLATES } from "@/lib/output/templates"
import { type Currencies, currenciesOf, NO_CURRENCIES } from "@/lib/output/view/amounts"
import { columnsOf, listLayout, memberRows } from "@/lib/output/view/layout"
import { type Look, lookOf } from "@/lib/output/view/look"
import { childPointer } from "@/lib/output/view/pointers"
import { itemSchema, type Schema, shapeOf } from "@/lib/output/view/shape"

interface Seen {
  looks: Map<string, { look: Look; value: unknown }>
  /** The fields present, in order, and how lists are laid out. */
  order: string[]
}

interface Walk {
  root: Schema
  open: boolean
  seen: Seen
}

/** Everything the view draws, traversed like the components do. */
function draw(text: string, root: Schema): Seen & { state: string } {
  const { value, state, open } = parsePartial(text)
  const seen: Seen = { looks: new Map(), order: [] }
  if (value !== undefined)
    walk({ root, open, seen }, { value, schema: root, pointer: "", name: "", last: true, currencies: NO_CURRENCIES })
  return { ...seen, state }
}

interface At {
  value: unknown
  schema: Schema | null
  pointer: string
  name: string
  last: boolean
  currencies: Currencies
}

function walk(all: Walk, { value, schema, pointer, name, last, currencies: around }: At): void {
  const shape = shapeOf(all.root, schema, value)
  if (value instanceof JsonObject) {
    const currencies = currenciesOf(value, around, last && all.open)
    for (const [index, row] of memberRows(value, shape).entries()) {
      const there = row.value !== undefined
      if (there) all.seen.order.push(`${pointer} ${row.key}`)
      const next = { ...row, pointer: childPointer(pointer, row.name), last: last && row.last, currencies }
      if (there) walk(all, row.again ? { ...next, pointer: `${next.pointer}#${index}` } : next)
    }
  } else if (Array.isArray(value)) {
    if (value.length > 0) all.seen.order.push(`${pointer} ${listLayout(all.root, value, shape)}`)
    columnsOf(all.root, value, shape)
    for (const [index, item] of value.entries())
      walk(all, {
        ...{ value: item, schema: itemSchema(shape, index), pointer: childPointer(pointer, index) },
        ...{ name, currencies: around, last: last && index === value.length - 1 },
      })
  } else {
    const open = last && all.open
    all.seen.looks.set(pointer, { value, look: lookOf(value, shape, { locale: "en", name, open, currencies: around }) })
  }
}

const sourceOf = (value: unknown) => (value instanceof JsonNumber ? `number ${value.source}` : JSON.stringify(value))

const HOSTILE: [string, string, Schema][] = [
  [
    "members named as everything inherits them",
    '{"__proto__":{"constructor":"2026-11-30"},"constructor":1,"hasOwnProperty":null}',
    {
      type: "object",
      properties: { constructor: { type: "integer" }, hasOwnProperty: { type: ["string", "null"] } },
      required: ["__proto__", "constructor"],
    },
  ],
  ["members that stand twice", '{"a":1,"a":"2026-11-30","a":{"b":true}}', { properties: { a: { format: "date" } } }],
  [
    "numbers that no double holds",
    '{"total":9007199254740993,"price":1e400,"tax":-0,"net":0.1000000000000000055,"currency":"EUR"}',
    {
      properties: { total: { type: "integer" }, price: { type: "number" }, currency: { type: "string" } },
    },
  ],
  [
    "wrong types everywhere",
    '{"name":5,"on":"true","day":20261130,"list":{"0":1},"of":[[],{},"x",1,null],"deep":"no"}',
    {
      properties: {
        name: { type: "string" },
        on: { type: "boolean" },
        day: { type: "string", format: "date" },
        list: { type: "array", items: { type: "object", properties: { a: {} } } },
        of: { type: "array", items: { type: "object", properties: { a: { type: "string" } } } },
        deep: { type: "object", properties: { x: { $ref: "#" } } },
      },
    },
  ],
  [
    "a schema that calls itself",
    '{"n":{"n":{"n":{"n":null,"at":"2026-11-30T10:00:00Z"}}}}',
    {
      properties: { n: { anyOf: [{ $ref: "#" }, { type: "null" }] }, at: { type: "string", format: "date-time" } },
    },
  ],
  [
    "alternatives",
    '[{"kind":"a","at":"2026-11-30"},{"at":"2026-11-30","kind":"b"},{"kind":"c"},7]',
    {
      type: "array",
      items: {
        oneOf: [
          { type: "object", properties: { kind: { const: "a" }, at: { type: "string", format: "date" } } },
          { type: "object", properties: { kind: { const: "b" }, at: { type: "string" } } },
        ],
      },
    },
  ],
  [
    "escapes and surrogates",
    '{"a\\u0062\\"/~":"\\ud83d\\ude00\\u00","b":"\\n\\t\\\\"}'.replace('\\u00"', '\\u0041"'),
    {},
  ],
  [
    "thoughts, words and a fence around it",
    '<think>{"a":</think>Here it is:\n```json\n{"day":"2026-11-30","ok":true}\n```\nDone.',
    {
      properties: { day: { type: "string", format: "date" }, ok: { type: "boolean" } },
    },
  ],
]

const cases: [string, string, Schema][] = [
  ...SCHEMA_TEMPLATES.map(({ name, schema }): [string, string, Schema] => [
    `the template ${name}`,
    fillSchema(schema, "Ann Miller, ann@example.com, 12.50 EUR on 2026-11-30"),
    schema,
  ]),
  ...HOSTILE,
]

describe("JSON truncated at every byte", () => {
  it.each(cases)("%s: never throws, never shows a wrong type, moves nothing, ends correctly", (_, text, schema) => {
    const whole = draw(text, schema)
    expect(whole.state).toBe("whole")
    let before: string[] = []
    for (let length = 0; length <= text.length; length++) {
      const { looks, order, state } = draw(text.slice(0, length), schema)
      // Until the fence or the value has begun, the prose before it may contain something else.
      if (state === "broken" || state === "empty") continue
      for (const [pointer, { look, value }] of looks) {
        const end = whole.looks.get(pointer)
        if (look.kind === "text") continue
        expect(end && sourceOf(end.value), `${length} ${pointer} as ${look.kind}`).toBe(sourceOf(value))
        // A number becomes money once its currency is known; nothing else changes its look.
        if (look.kind !== "number") expect(end?.look, `${length} ${pointer}`).toEqual(look)
      }
      const still = new Set(before)
      expect(
        order.filter((key) => still.has(key)),
        `${length}`,
      ).toEqual(before)
      before = order
    }
    expect(draw(text, schema)).toEqual(whole)
  })

  it.each(["NaN", "Infinity", '{"a":NaN}', '{"a":-Infinity}', "{a:1}", "I can't help with that.", ""])(
    "%s is shown unchanged",
    (text) => {
      expect(["broken", "empty", "forming"]).toContain(draw(text, {}).state)
    },
  )

  it("handles 200,000 unclosed levels", () => {
    const { state, value } = parsePartial("[".repeat(200_000))
    expect([state, Array.isArray(value)]).toEqual(["forming", true])
  })
})
