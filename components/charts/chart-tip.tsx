import type { Stop } from "@/components/charts/drawing"
import { cn } from "@/lib/cn"

/** The inspected value, beside its position and inside the chart. Screen readers get it elsewhere. */
export function ChartTip({ stop, width }: { stop: Stop | null; width: number }) {
  if (!stop) return null
  const left = stop.x > width / 2
  return (
    <div
      aria-hidden
      data-part="chart-tip"
      className={cn(
        "pointer-events-none absolute z-10 max-w-60 rounded-md border bg-surface px-2.5 py-1.5 text-[0.8125rem] shadow-(--shadow)",
        left ? "-translate-x-full" : "",
      )}
      style={{ left: stop.x + (left ? -12 : 12), top: Math.max(4, Math.min(stop.y - 16, 190)) }}
    >
      {stop.title && <p className="truncate font-medium">{stop.title}</p>}
      {stop.rows.slice(0, 10).map(({ name, value, color }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: series names may repeat
        <p key={index} className="flex items-center gap-1.5 whitespace-nowrap">
          {color !== null && (
            <span className="size-2 shrink-0 rounded-full" style={{ background: `var(--series-${color % 8})` }} />
          )}
          <span className="truncate text-muted-foreground">{name}</span>
          <span className="ms-auto ps-2 font-medium tabular-nums">{value}</span>
        </p>
      ))}
    </div>
  )
}
