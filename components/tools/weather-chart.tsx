import {
  type ChartBox,
  clock,
  degrees,
  describeHours,
  extremes,
  smoothPath,
  temperaturePoints,
} from "@/components/tools/weather-data"
import type { WeatherOutput } from "@/lib/ai/tools/weather.types"

const BOX: ChartBox = { width: 600, height: 104, padding: 26 }
/** Height of a full chance of rain, from the bottom of the chart. */
const RAIN_HEIGHT = 44
/** Every how many hours the clock is named. */
const CLOCK_STEP = 6

/** Temperature as a line and the chance of rain as columns, for the next 24 hours. */
export function WeatherChart({ hours }: { hours: WeatherOutput["hours"] }) {
  const points = temperaturePoints(hours, BOX)
  const line = smoothPath(points)
  const { warmest, coldest } = extremes(hours)
  const step = BOX.width / Math.max(1, hours.length - 1)
  const named = [...new Set([warmest, coldest])]
  return (
    <div className="mx-5 my-3 h-32">
      <svg
        viewBox={`0 0 ${BOX.width} ${BOX.height}`}
        preserveAspectRatio="none"
        className="h-[6.5rem] w-full overflow-visible"
        role="img"
        aria-label={describeHours(hours)}
      >
        {hours.map(({ time, precipitationPercent }, index) => {
          const height = ((precipitationPercent ?? 0) / 100) * RAIN_HEIGHT
          return height < 1 ? null : (
            <rect
              key={time}
              x={index * step - step * 0.32}
              y={BOX.height - height}
              width={step * 0.64}
              height={height}
              rx={2}
              className="fill-sky-500/35"
            />
          )
        })}
        <path d={`${line}V${BOX.height}H0Z`} className="fill-spark/10" />
        <path
          d={line}
          fill="none"
          strokeWidth={2}
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
          className="stroke-spark"
        />
      </svg>
      <div className="relative h-0" aria-hidden>
        {named.map((index) => {
          const point = points[index]
          const hour = hours[index]
          if (!point || !hour) return null
          return (
            <span
              key={index}
              className="-translate-x-1/2 absolute font-medium text-xs tabular-nums"
              style={{
                left: `${clamp((point.x / BOX.width) * 100, 3, 97)}%`,
                top: `${(point.y / BOX.height - 1) * 6.5 + (index === warmest ? -1.35 : 0.3)}rem`,
              }}
            >
              {degrees(hour.temperatureC)}
            </span>
          )
        })}
      </div>
      <div className="mt-1.5 flex h-4 justify-between text-muted-foreground text-xs tabular-nums" aria-hidden>
        {hours
          .filter((_, index) => index % CLOCK_STEP === 0)
          .map(({ time }) => (
            <span key={time}>{clock(time)}</span>
          ))}
        <span>{clock(hours.at(-1)?.time ?? "")}</span>
      </div>
    </div>
  )
}

const clamp = (value: number, min: number, max: number) => Math.min(max, Math.max(min, value))
