import type { WeatherOutput } from "@/lib/ai/tools/weather.types"

type Hour = WeatherOutput["hours"][number]

const WIDTH = 520
const HEIGHT = 96
const TOP = 18
const BASE = 76
/** Hours between two labels. */
const LABEL_EVERY = 6

/** Points of the temperature line, between the coldest and the warmest hour. */
export function temperaturePoints(hours: Hour[]): { x: number; y: number }[] {
  const values = hours.map(({ temperatureC }) => temperatureC)
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const span = most - least || 1
  return hours.map(({ temperatureC }, index) => ({
    x: hours.length > 1 ? (index / (hours.length - 1)) * WIDTH : WIDTH / 2,
    y: BASE - ((temperatureC - least) / span) * (BASE - TOP),
  }))
}

/** Temperature of the next 24 hours as a line, the chance of rain as bars behind it. */
export function HourChart({ hours }: { hours: Hour[] }) {
  const points = temperaturePoints(hours)
  const line = points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join(" ")
  const values = hours.map(({ temperatureC }) => temperatureC)
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const wettest = Math.max(...hours.map(({ precipitationPercent }) => precipitationPercent ?? 0))
  const label = `The next ${hours.length} hours: from ${Math.round(least)} to ${Math.round(most)} degrees, chance of rain up to ${wettest} percent.`
  const bar = WIDTH / hours.length
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`-6 0 ${WIDTH + 12} ${HEIGHT}`}
      className="mt-3 w-full overflow-visible"
      preserveAspectRatio="none"
    >
      <title>{label}</title>
      {hours.map(({ time, precipitationPercent }, index) => {
        const height = ((precipitationPercent ?? 0) / 100) * (BASE - TOP)
        return (
          <rect
            key={time}
            x={index * bar + 1}
            y={BASE - height}
            width={bar - 2}
            height={height}
            rx={2}
            className="fill-[#4d8fd6] opacity-25"
          />
        )
      })}
      <path d={`${line} L${WIDTH} ${BASE} L0 ${BASE} Z`} className="fill-spark opacity-10" />
      <path
        d={line}
        fill="none"
        className="stroke-spark"
        strokeWidth={2}
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
      {hours.map(({ time, temperatureC }, index) =>
        index % LABEL_EVERY === 0 ? (
          <g key={time} className="fill-muted-foreground text-[11px]">
            <text x={points[index]?.x} y={HEIGHT - 3} textAnchor={index === 0 ? "start" : "middle"}>
              {time.slice(11, 16)}
            </text>
            <text
              x={points[index]?.x}
              y={(points[index]?.y ?? 0) - 7}
              textAnchor={index === 0 ? "start" : "middle"}
              className="fill-foreground font-medium"
            >
              {Math.round(temperatureC)}°
            </text>
          </g>
        ) : null,
      )}
    </svg>
  )
}
