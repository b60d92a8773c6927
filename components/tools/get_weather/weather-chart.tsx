import { useTranslations } from "next-intl"
import { useFormatLocale } from "@/components/base/format-locale"
import { degrees, type Units } from "@/components/tools/get_weather/units"
import {
  clock,
  describeHours,
  extremes,
  type LineBox,
  smoothPath,
  temperaturePoints,
} from "@/components/tools/get_weather/weather-data"
import type { WeatherOutput } from "@/lib/ai/tools/get_weather/types"

type Hours = WeatherOutput["hours"]

/** SVG units; the height is in page pixels, the width stretches. */
const WIDTH = 600
const HEIGHT = 104
const LINE: LineBox = { width: WIDTH, top: 20, bottom: 58 }
/** Height of a 100% chance of rain, below the line and its labels. */
const RAIN = 24
/** Hours between time labels. */
const CLOCK_STEP = 6

/**
 * The next 24 hours: temperature as a line and chance of rain as columns. Left to right in every language, as is usual
 * for charts.
 */
export function WeatherChart({ hours, units }: { hours: Hours; units: Units }) {
  const t = useTranslations("weather")
  const locale = useFormatLocale()
  const points = temperaturePoints(hours, LINE)
  const line = smoothPath(points)
  const share = WIDTH / hours.length
  const first = points[0]?.x ?? 0
  const last = points.at(-1)?.x ?? WIDTH
  return (
    <div dir="ltr" className="relative mx-3 my-3 h-32">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="block h-[104px] w-full"
        role="img"
        aria-label={describeHours(hours, units, locale, t)}
      >
        <path d={`${line}V${LINE.bottom + 18}H${first}Z`} className="fill-spark/10" />
        <path
          d={line}
          fill="none"
          strokeWidth={2}
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
          className="stroke-spark"
        />
        {hours.map(({ time, precipitationPercent }, index) => {
          const height = Math.max(1, ((precipitationPercent ?? 0) / 100) * RAIN)
          return (
            <rect
              key={time}
              x={(index + 0.18) * share}
              y={HEIGHT - height}
              width={share * 0.64}
              height={height}
              className="fill-sky-600/45 dark:fill-sky-400/50"
            />
          )
        })}
        <path d={`M${first},${HEIGHT}H${last}`} className="stroke-border" vectorEffect="non-scaling-stroke" />
      </svg>
      <Labels hours={hours} points={points} units={units} />
    </div>
  )
}

/** Value labels on the line and hours below it. HTML, since the SVG is stretched. */
function Labels({ hours, points, units }: { hours: Hours; points: { x: number; y: number }[]; units: Units }) {
  const { warmest, coldest } = extremes(hours)
  const locale = useFormatLocale()
  return (
    <div aria-hidden className="text-xs tabular-nums">
      {[...new Set([warmest, coldest])].map((index) => {
        const point = points[index]
        const hour = hours[index]
        if (!point || !hour) return null
        return (
          <span
            key={hour.time}
            className="-translate-x-1/2 absolute font-medium leading-4"
            style={{
              left: `${clamp((point.x / WIDTH) * 100, 4, 96)}%`,
              top: index === warmest ? point.y - 20 : point.y + 3,
            }}
          >
            {degrees(hour.temperatureC, units)}
          </span>
        )
      })}
      {hours.map(({ time }, index) =>
        index % CLOCK_STEP === 0 ? (
          <span
            key={time}
            className="-translate-x-1/2 absolute top-[110px] text-muted-foreground leading-4"
            style={{ left: `${clamp(((index + 0.5) / hours.length) * 100, 5, 95)}%` }}
          >
            {clock(time, locale)}
          </span>
        ) : null,
      )}
    </div>
  )
}

const clamp = (value: number, min: number, max: number) => Math.min(max, Math.max(min, value))
