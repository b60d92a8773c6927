"use client"

import { Code2, Download, Maximize2 } from "lucide-react"
import { useTranslations } from "next-intl"
import { useTheme } from "next-themes"
import { Suspense, useCallback, useEffect, useState } from "react"
import { CodeBlock } from "@/components/message/markdown/code-block"
import { diagramKind, diagramTitle, hasOwnColors } from "@/components/message/markdown/diagram-source"
import { cachedDrawing, type Drawing, drawDiagram, type Theme } from "@/components/message/markdown/draw-diagram"
import { Frame } from "@/components/message/markdown/frame"
import type { Svg } from "@/components/message/markdown/svg"
import { usePrinting } from "@/components/print/printing"
import { useScrollByKeys } from "@/components/scroll/use-scroll-by-keys"
import { Button } from "@/components/ui/button"
import { CopyButton } from "@/components/ui/copy-button"
import { IconButton } from "@/components/ui/icon-button"
import { lazyOverlay } from "@/components/ui/lazy-part"
import { OnDemand } from "@/components/ui/on-demand"
import { cn } from "@/lib/cn"

const DiagramMenu = lazyOverlay(() => import("@/components/message/markdown/diagram-menu"))
const DiagramDialog = lazyOverlay(() => import("@/components/message/markdown/diagram-dialog"))

/** A diagram as an image; its source until it is rendered, or if it can't be. */
export default function Diagram({ source }: { source: string }) {
  const t = useTranslations("reading")
  const common = useTranslations("common")
  const { resolvedTheme } = useTheme()
  const printing = usePrinting()
  const theme: Theme = resolvedTheme === "dark" && !printing && !hasOwnColors(source) ? "dark" : "light"
  const { drawing, retry } = useDrawing(source, theme)
  const written = <CodeBlock code={source} language="mermaid" meta={undefined} growing={false} />
  if (drawing && "svg" in drawing) return <Drawn source={source} svg={drawing.svg} theme={theme} />
  // Printing waits for it.
  if (!drawing)
    return (
      <div data-pending className="contents">
        {written}
      </div>
    )
  return (
    <>
      {written}
      <p className="diagram-problem" role="note">
        {"problem" in drawing
          ? t("brokenDiagram", { problem: firstLines(drawing.problem) })
          : t("slow" in drawing ? "slowDiagram" : "awayDiagram")}
        {"away" in drawing && (
          <Button size="sm" className="ms-2 print:hidden" onClick={retry}>
            {common("retry")}
          </Button>
        )}
      </p>
    </>
  )
}

const firstLines = (problem: string) => problem.split("\n").slice(0, 2).join(" ").slice(0, 200)

/** The rendered diagram, immediately if it was rendered before. */
function useDrawing(source: string, theme: Theme): { drawing: Drawing | undefined; retry: () => void } {
  const [tries, setTries] = useState(0)
  const [drawn, setDrawn] = useState<{ source: string; theme: Theme; drawing: Drawing } | null>(null)
  const known = cachedDrawing(source, theme)
  // biome-ignore lint/correctness/useExhaustiveDependencies: rendered again on each retry
  useEffect(() => {
    if (known) return
    let left = false
    void drawDiagram(source, theme).then((drawing) => {
      if (!left) setDrawn({ source, theme, drawing })
    })
    return () => {
      left = true
    }
  }, [source, theme, known, tries])
  const away = drawn !== null && "away" in drawn.drawing
  const retry = useCallback(() => {
    setDrawn(null)
    setTries((before) => before + 1)
  }, [])
  useEffect(() => {
    if (!away) return
    window.addEventListener("online", retry)
    return () => window.removeEventListener("online", retry)
  }, [away, retry])
  // The other theme's drawing stays until this one's is rendered.
  return { drawing: known ?? (drawn?.source === source ? drawn.drawing : undefined), retry }
}

function Drawn({ source, svg, theme }: { source: string; svg: Svg; theme: Theme }) {
  const t = useTranslations("reading")
  const [asSource, setAsSource] = useState(false)
  const [large, setLarge] = useState(false)
  const address = useAddress(svg)
  const scrollByKeys = useScrollByKeys<HTMLDivElement>()
  const name = diagramTitle(source) ?? t(`kinds.${diagramKind(source)}`)
  const alt = t("diagramOf", { kind: name })
  const trigger = (
    <IconButton label={t("download")}>
      <Download className="size-4" />
    </IconButton>
  )
  return (
    <Frame
      kind="diagram"
      label={name}
      className={cn(theme === "light" && "on-paper")}
      actions={
        <>
          <IconButton
            label={t("showSource")}
            aria-pressed={asSource}
            onClick={() => setAsSource(!asSource)}
            className="aria-pressed:text-spark-text"
          >
            <Code2 className="size-4" />
          </IconButton>
          <IconButton label={t("enlarge")} onClick={() => setLarge(true)}>
            <Maximize2 className="size-4" />
          </IconButton>
          <OnDemand trigger={trigger}>
            <DiagramMenu trigger={trigger} svg={svg} theme={theme} />
          </OnDemand>
          <CopyButton label={t("copyCode")} text={() => source} />
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button above does the same for keyboard users */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
      <div ref={scrollByKeys} className="diagram-room" hidden={asSource} onClick={() => setLarge(true)}>
        {address && (
          // biome-ignore lint/performance/noImgElement: generated here
          <img src={address} alt={alt} width={svg.width} height={svg.height} style={{ minWidth: legible(svg) }} />
        )}
      </div>
      <SourceToFind source={source} shown={asSource} onFound={() => setAsSource(true)} />
      {large && address && (
        <Suspense>
          <DiagramDialog {...{ address, name, svg }} paper={theme === "light"} onClose={() => setLarge(false)} />
        </Suspense>
      )}
    </Frame>
  )
}

/** Width in pixels below which its text is unreadable: a wider diagram scrolls instead. */
const legible = ({ width }: Svg) => Math.min(width * 0.6, 1_200)

/** An object URL for the image, revoked when it is no longer shown. */
function useAddress(svg: Svg): string | null {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([svg.text], { type: "image/svg+xml" }))
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [svg])
  return address
}

interface SourceProps {
  source: string
  shown: boolean
  onFound: () => void
}

/** The text of an image, so that find-in-page matches it and reveals the source. */
function SourceToFind({ source, shown, onFound }: SourceProps) {
  const t = useTranslations("reading")
  const hide = (element: HTMLElement | null) => {
    if (!element) return
    if (shown) element.removeAttribute("hidden")
    else element.setAttribute("hidden", "until-found")
    element.addEventListener("beforematch", onFound)
    return () => element.removeEventListener("beforematch", onFound)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: scrollable code is a labeled region
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable by keyboard
    <pre ref={hide} className="code" role="group" aria-label={t("codeIn", { language: "Mermaid" })} tabIndex={0}>
      <code>{source}</code>
    </pre>
  )
}
