/** Words for what was seen, the fact that was asked for first. */
import type { Sight } from "@/lib/ai/demo/vision"

const aspect = ({ width, height }: Sight) =>
  width > height * 1.1 ? "wider than high" : height > width * 1.1 ? "higher than wide" : "about square"
const light = ({ brightness }: Sight) =>
  brightness > 0.8
    ? "very bright"
    : brightness > 0.6
      ? "bright"
      : brightness > 0.4
        ? "of medium brightness"
        : brightness > 0.2
          ? "dark"
          : "very dark"
const span = ({ contrast }: Sight) => (contrast > 0.25 ? "strong" : contrast > 0.1 ? "moderate" : "low")
const percent = (value: number) => `${Math.round(value)} %`

const facts = {
  size: (sight: Sight) =>
    `It is a ${sight.format.toUpperCase()} of ${sight.width} × ${sight.height} px (${aspect(sight)}), ${sight.kilobytes.toFixed(1)} kB as it reached me.`,
  colours: ({ colours }: Sight) =>
    `Main colours: ${colours.map(({ name, percent: part }) => `**${name}** (${part} %)`).join(", ")}.`,
  light: (sight: Sight) =>
    `It is ${light(sight)} (mean lightness ${percent(sight.brightness * 100)}) with ${span(sight)} contrast; the brightest part is at the ${sight.brightest}.`,
  shapes: ({ areas }: Sight) =>
    areas.length === 0
      ? "No separate area stands out from the background."
      : `Areas that stand out: ${areas
          .slice(0, 6)
          .map(({ colour, shape, place, percent: part }) => `a ${colour} ${shape} at the ${place} (${part} %)`)
          .join("; ")}.`,
  detail: ({ edges, mostDetail, kind }: Sight) =>
    `Hard edges at ${percent(edges)} of its pixels, most of them at the ${mostDetail}${kind === "screenshot or document" ? ", which looks like lines of text; I can't read them" : ""}.`,
  kind: ({ kind, flatness }: Sight) =>
    `By its texture it looks like a **${kind}** (${percent(flatness)} of neighbouring pixels are alike).`,
}

const QUESTIONS: [pattern: RegExp, fact: keyof typeof facts][] = [
  [/colou?r|hue|palette/i, "colours"],
  [/size|dimension|resolution|wide|width|height|pixel|format|large|big/i, "size"],
  [/bright|dark|light|contrast|exposure/i, "light"],
  [/shape|circle|square|rectangle|triangle|object|count|how many|where/i, "shapes"],
  [/text|read|word|detail|sharp|edge|letter/i, "detail"],
  [/photo|screenshot|drawing|kind|type of/i, "kind"],
]

/** An answer about pictures: what was asked comes first, then the rest as a list. */
export function describe(sights: Sight[], question: string): string {
  const asked = QUESTIONS.find(([pattern]) => pattern.test(question))?.[1] ?? "kind"
  const one = (sight: Sight) => {
    const rest = Object.entries(facts).filter(([name]) => name !== asked)
    return [facts[asked](sight), "", ...rest.map(([, say]) => `- ${say(sight)}`)].join("\n")
  }
  const [first, second] = sights
  if (first && !second) return one(first)
  return [compare(sights), ...sights.map((sight, index) => `**Image ${index + 1}.** ${one(sight)}`)].join("\n\n")
}

function compare(sights: Sight[]): string {
  const order = (value: (sight: Sight) => number) =>
    sights.map((sight, index) => ({ index: index + 1, value: value(sight) })).sort((a, b) => b.value - a.value)[0]
      ?.index
  const shared =
    sights[0]?.colours
      .map(({ name }) => name)
      .filter((name) => sights.every(({ colours }) => colours.some((colour) => colour.name === name))) ?? []
  return `${sights.length} images. The largest is image ${order(({ width, height }) => width * height)}, the brightest image ${order(({ brightness }) => brightness)}, the most detailed image ${order(({ edges }) => edges)}. ${shared.length > 0 ? `All show ${shared.join(", ")}.` : "They have no main colour in common."}`
}
