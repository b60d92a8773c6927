/**
 * Runs in the browser, in a frame of its own without an origin (`app/api/diagrams/route.ts`): draws what it is sent, and
 * sends back the SVG. What a model writes is nowhere nearer to the page than this.
 */
import mermaid from "./mermaid.esm.min.mjs"

/** The same that an `<img>` finds: no font of the page reaches into it. */
const FONT = "ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"

/** The page's colors (app/globals.css), as Mermaid can calculate with them. */
const PALETTES = {
  light: {
    darkMode: false,
    background: "#fdfcfa",
    primaryColor: "#f6f1ea",
    primaryTextColor: "#231d17",
    primaryBorderColor: "#b9aea2",
    secondaryColor: "#fdf0e4",
    secondaryTextColor: "#231d17",
    secondaryBorderColor: "#d9b08c",
    tertiaryColor: "#f3f5ee",
    tertiaryTextColor: "#231d17",
    tertiaryBorderColor: "#b4bda2",
    lineColor: "#6f655b",
    textColor: "#231d17",
    noteBkgColor: "#fdf0e4",
    noteTextColor: "#231d17",
    noteBorderColor: "#d9b08c",
    edgeLabelBackground: "#fdfcfa",
  },
  dark: {
    darkMode: true,
    background: "#1d1a17",
    primaryColor: "#2f2a26",
    primaryTextColor: "#ece8e3",
    primaryBorderColor: "#7a7067",
    secondaryColor: "#402d1e",
    secondaryTextColor: "#ece8e3",
    secondaryBorderColor: "#a8794d",
    tertiaryColor: "#2a2f26",
    tertiaryTextColor: "#ece8e3",
    tertiaryBorderColor: "#6f7a62",
    lineColor: "#b3aaa1",
    textColor: "#ece8e3",
    noteBkgColor: "#402d1e",
    noteTextColor: "#ece8e3",
    noteBorderColor: "#a8794d",
    edgeLabelBackground: "#1d1a17",
  },
}

/** What a diagram's own directives can't change. */
const FIXED = [
  "secure",
  "securityLevel",
  "startOnLoad",
  "maxTextSize",
  "maxEdges",
  "suppressErrorRendering",
  "htmlLabels",
  "theme",
  "themeVariables",
  "themeCSS",
  "darkMode",
  "fontFamily",
  "altFontFamily",
  "dompurifyConfig",
  "forceLegacyMathML",
  "legacyMathML",
  "logLevel",
]

let count = 0

/** Mermaid measures labels as HTML of this document: the policy blocks a handler in one, and would report it each time. */
const withoutHandlers = (source) => source.replace(/<[a-z][^<>]*/gi, (tag) => tag.replace(/[\s/"']on[a-z]+\s*=/gi, " "))

async function draw(source, theme) {
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    secure: FIXED,
    suppressErrorRendering: true,
    // Text of SVG: HTML in it is not drawn by every program, and not by a canvas.
    htmlLabels: false,
    flowchart: { htmlLabels: false },
    class: { htmlLabels: false },
    maxTextSize: 50_000,
    logLevel: "fatal",
    theme: "base",
    themeVariables: { ...PALETTES[theme], fontFamily: FONT, fontSize: "15px" },
    fontFamily: FONT,
  })
  count += 1
  const { svg } = await mermaid.render(`d${count}`, withoutHandlers(source))
  const holder = document.createElement("template")
  holder.innerHTML = svg
  // As XML, which an image has to be.
  return new XMLSerializer().serializeToString(holder.content.firstElementChild)
}

addEventListener(
  "message",
  ({ source: sender, ports: [port] }) => {
    if (sender !== parent || !port) return
    port.onmessage = async ({ data: { source, theme } }) => {
      try {
        port.postMessage({ svg: await draw(source, theme) })
      } catch (error) {
        port.postMessage({ problem: error instanceof Error ? error.message : String(error) })
      }
    }
    port.postMessage({ ready: true })
  },
  { once: true },
)
