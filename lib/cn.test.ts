import { twMerge } from "tailwind-merge"
import { expect, test } from "vitest"
import { cn } from "@/lib/cn"
import { nodesOf, sourcesOf } from "@/lib/i18n/source-scan.fixture"

/** What any class name may be written behind. */
const MODIFIERS = /^(?:[^[\]]|\[[^\]]*\])*:/

/** All words of the sources that Tailwind's own list takes for a class, without their modifiers. */
function classes(): string[] {
  const words = new Set<string>()
  for (const { program } of sourcesOf(["app", "components"]))
    for (const { node } of nodesOf(program)) {
      const { value, cooked } = { value: node.value, cooked: Reflect.get(Object(node.value), "cooked") }
      for (const text of [value, cooked])
        if (typeof text === "string")
          for (const word of text.split(/\s+/)) words.add(word.replace(MODIFIERS, "").replace(/^!|!$/g, ""))
    }
  return [...words].filter((word) => word && twMerge(`${word} ${word}`) === word && !word.startsWith("["))
}

test("of any two classes of the sources, the later one wins exactly where Tailwind's own list says so", () => {
  const all = classes()
  expect(all.length).toBeGreaterThan(400)
  const others: string[] = []
  for (const one of all)
    for (const other of all) {
      const pair = `${one} ${other}`
      if (cn(pair) !== twMerge(pair)) others.push(`${pair}: ${cn(pair)}`)
    }
  expect(others).toEqual([])
})

test("modifiers, importance and arbitrary properties are kept apart as there", () => {
  for (const pair of [
    "hover:p-2 p-4 hover:p-3",
    "md:hover:p-2 hover:md:p-3",
    "p-2! p-3 p-4!",
    "[content-visibility:auto] [content-visibility:visible]",
    "text-sm/5 leading-6 text-base",
    "-mt-2 mt-3",
    "before:*:p-1 *:before:p-2",
  ])
    expect(cn(pair)).toBe(twMerge(pair))
})
