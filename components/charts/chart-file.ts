/** Exports a chart's drawing as a standalone file, with the page's styles inlined. */
import type { Svg } from "@/components/message/markdown/svg"

const KEPT = ["fill", "stroke", "stroke-width", "opacity", "font-size", "text-anchor"]
const TITLE_ROOM = 40
const LEGEND_ROOM = 22

/** With title, legend and background, in the current theme's colors. */
export function chartFile(drawn: SVGSVGElement, title: string): Svg & { ground: string } {
  const figure = drawn.closest("figure")
  const [width, height] = [drawn.width.baseVal.value, drawn.height.baseVal.value]
  const look = getComputedStyle(figure ?? drawn)
  const copy = drawn.cloneNode(true)
  if (!(copy instanceof SVGSVGElement)) throw new Error("no SVG")
  const originals = drawn.querySelectorAll("*")
  copy.querySelectorAll("*").forEach((element, index) => {
    const original = originals[index]
    const style = original && getComputedStyle(original)
    for (const name of KEPT)
      if (style && element.tagName !== "g") element.setAttribute(name, style.getPropertyValue(name))
    element.removeAttribute("class")
  })
  const legend = [...(figure?.querySelectorAll("ul > li") ?? [])].map((entry) => ({
    name: entry.textContent ?? "",
    color: getComputedStyle(entry.firstElementChild ?? entry).backgroundColor,
  }))
  const top = TITLE_ROOM + (legend.length > 0 ? LEGEND_ROOM : 0)
  const moved = make("g", { transform: `translate(0 ${top})` })
  moved.append(...copy.childNodes)
  copy.replaceChildren(
    make("rect", { width, height: height + top, fill: look.backgroundColor }),
    make("text", { x: 16, y: 26, "font-size": 15, "font-weight": 600, fill: look.color }, title),
    ...legendMarks(legend, look.color),
    moved,
  )
  for (const [name, value] of Object.entries({
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height: height + top,
    viewBox: `0 0 ${width} ${height + top}`,
    "font-family": "Inter, system-ui, sans-serif",
  }))
    copy.setAttribute(name, String(value))
  copy.removeAttribute("class")
  copy.removeAttribute("aria-hidden")
  const text = new XMLSerializer().serializeToString(copy)
  return { text, width, height: height + top, ground: look.backgroundColor }
}

function legendMarks(legend: { name: string; color: string }[], ink: string): SVGElement[] {
  let x = 16
  return legend.flatMap(({ name, color }) => {
    const at = x
    x += name.length * 6.6 + 30
    return [
      make("circle", { cx: at + 5, cy: 44, r: 5, fill: color }),
      make("text", { x: at + 15, y: 48, "font-size": 12, fill: ink }, name),
    ]
  })
}

function make(tag: string, attributes: Record<string, string | number>, text = ""): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
  element.textContent = text
  return element
}
