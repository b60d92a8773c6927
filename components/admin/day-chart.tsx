/** A bar chart of daily values. Purely visual: the table beside it has the data. */

interface Props {
  title: string
  bars: { key: string; label: string; value: number }[]
  /** The largest value as text, at the top. */
  most: string
  first: string
  last: string
}

const WIDTH = 600
const HEIGHT = 120

export function DayChart({ title, bars, most, first, last }: Props) {
  const highest = Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE)
  const step = WIDTH / Math.max(bars.length, 1)
  const gap = Math.min(3, step / 4)
  return (
    <figure className="rounded-lg border bg-surface px-4 py-3">
      <figcaption className="mb-2 flex items-baseline justify-between gap-3 text-sm">
        <span className="font-medium">{title}</span>
        <span className="text-[0.8125rem] text-muted-foreground tabular-nums">{most}</span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true" className="h-32 w-full">
        {bars.map(({ key, label, value }, place) => {
          const height = value === 0 ? 0 : Math.max(2, (value / highest) * (HEIGHT - 2))
          return (
            <rect
              key={key}
              x={place * step + gap / 2}
              y={HEIGHT - height}
              width={step - gap}
              height={height}
              className="fill-spark"
            >
              <title>{label}</title>
            </rect>
          )
        })}
        <line x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} className="stroke-border" vectorEffect="non-scaling-stroke" />
      </svg>
      <p aria-hidden className="mt-1 flex justify-between text-[0.78125rem] text-muted-foreground tabular-nums">
        <span>{first}</span>
        <span>{last}</span>
      </p>
    </figure>
  )
}

/** A value relative to the largest, as a bar in its row. */
export function ShareBar({ part }: { part: number }) {
  return (
    <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" className="mt-1.5 h-1.5 w-full min-w-28">
      <rect width="100" height="6" rx="1" className="fill-muted" />
      <rect width={Math.max(part > 0 ? 1 : 0, Math.min(part, 1) * 100)} height="6" rx="1" className="fill-spark" />
    </svg>
  )
}
