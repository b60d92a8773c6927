import type { Ref } from "react"
import { type Drawing, HEIGHT, type Mark } from "@/components/charts/drawing"
import type { ChartSpec } from "@/lib/ai/tools/show_chart/types"

interface Props {
  ref: Ref<SVGSVGElement>
  drawing: Drawing
  spec: ChartSpec
  /** The inspected stop. */
  at: number | null
}

/** The drawing itself; purely visual, as its values are available beside it. */
export function Plot({ ref, drawing, spec, at }: Props) {
  const { width, marks, stops, near } = drawing
  const stop = at === null ? undefined : stops[at]
  return (
    <svg
      ref={ref}
      aria-hidden="true"
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      className="block"
    >
      <Axes drawing={drawing} spec={spec} />
      {stop && near === "x" && (
        <path d={`M${stop.x},${drawing.plot.top}V${drawing.plot.bottom}`} className="stroke-muted-foreground/50" />
      )}
      {marks.map((mark, index) => (
        // Marks are identified only by index.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <MarkView key={index} mark={mark} faded={at !== null && mark.stop !== undefined && mark.stop !== at} />
      ))}
      {stop && near === "both" && spec.kind === "scatter" && (
        <circle cx={stop.x} cy={stop.y} r={7} fill="none" strokeWidth={2} className="stroke-foreground" />
      )}
    </svg>
  )
}

function MarkView({ mark, faded }: { mark: Mark; faded: boolean }) {
  const color = `var(--series-${mark.color})`
  const opacity = faded ? 0.45 : 1
  if (mark.as === "dot") return <circle cx={mark.x} cy={mark.y} r={3.5} fill={color} opacity={opacity} />
  if (mark.as === "rect") {
    const { x, y, width, height, strength = 1 } = mark
    return (
      <rect
        x={x}
        y={y}
        width={width}
        height={height}
        rx={Math.min(2, width / 4)}
        fill={color}
        opacity={opacity * strength}
      />
    )
  }
  const { d, x = 0, y = 0, fill, stop } = mark
  const transform = x || y ? `translate(${x} ${y})` : undefined
  // Standalone shapes are filled, areas under a line are tinted.
  if (fill) return <path d={d} transform={transform} fill={color} opacity={stop === undefined ? 0.22 : opacity} />
  return (
    <path
      d={d}
      transform={transform}
      fill="none"
      stroke={color}
      strokeWidth={2}
      strokeLinejoin="round"
      strokeLinecap="round"
    />
  )
}

const TEXT = "fill-muted-foreground text-[0.6875rem] tabular-nums"

function Axes({
  drawing: { plot, xTicks, yTicks, width },
  spec: { kind, xTitle, yTitle },
}: {
  drawing: Drawing
  spec: ChartSpec
}) {
  if (kind === "pie") return null
  const lines = kind !== "heatmap"
  return (
    <g>
      {yTicks.map(({ at, text }) => (
        <g key={`${at} ${text}`}>
          {lines && <path d={`M${plot.left},${at}H${plot.right}`} className="stroke-border" />}
          <text x={plot.left - 8} y={at} dy="0.32em" textAnchor="end" className={TEXT}>
            {text}
          </text>
        </g>
      ))}
      {xTicks.map(({ at, text }) => (
        <text
          key={`${at} ${text}`}
          x={at}
          y={plot.bottom + 17}
          textAnchor={at < plot.left + 20 ? "start" : at > width - 40 ? "end" : "middle"}
          className={TEXT}
        >
          {text}
        </text>
      ))}
      {xTitle && (
        <text x={(plot.left + plot.right) / 2} y={HEIGHT - 6} textAnchor="middle" className={TEXT}>
          {xTitle}
        </text>
      )}
      {yTitle && (
        <text
          transform={`translate(11 ${(plot.top + plot.bottom) / 2}) rotate(-90)`}
          textAnchor="middle"
          className={TEXT}
        >
          {yTitle}
        </text>
      )}
    </g>
  )
}
