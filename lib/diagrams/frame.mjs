/**
 * Runs in the browser, in a frame with an opaque origin (`app/api/diagrams/route.ts`): renders the diagrams it receives
 * and sends back the SVG. Models' output gets no closer to the page than this.
 */
import mermaid from "./mermaid.esm.min.mjs"

/** The same fonts that an `<img>` gets: it can't use the page's fonts. */
const FONT = "ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"

/** The page's colors (app/globals.css), in a format that Mermaid can calculate with. */
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

/** Options that a diagram's own directives can't change. */
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

/**
 * Mermaid measures labels as HTML of this document. The policy would block event handlers in them, and report each one.
 */
const withoutHandlers = (source) => source.replace(/<[a-z][^<>]*/gi, (tag) => tag.replace(/[\s/"']on[a-z]+\s*=/gi, " "))

async function draw(source, theme) {
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    secure: FIXED,
    suppressErrorRendering: true,
    // SVG text: many programs, and canvas, don't render HTML inside an SVG.
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
  // An image must be well-formed XML.
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
