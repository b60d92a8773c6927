import {
  Cloud,
  CloudDrizzle,
  CloudFog,
  CloudLightning,
  CloudMoon,
  CloudRain,
  CloudSnow,
  CloudSun,
  type LucideIcon,
  Moon,
  Sun,
} from "lucide-react"
import { type Sky, skyFromWmoCode } from "@/components/tools/get_weather/weather-data"
import { cn } from "@/lib/cn"

const DAY: Record<Sky, LucideIcon> = {
  clear: Sun,
  partly: CloudSun,
  cloudy: Cloud,
  fog: CloudFog,
  drizzle: CloudDrizzle,
  rain: CloudRain,
  snow: CloudSnow,
  storm: CloudLightning,
}
const NIGHT: Partial<Record<Sky, LucideIcon>> = { clear: Moon, partly: CloudMoon }

/** The sky icon of a WMO code; purely visual, with the text beside it. */
export function SkyIcon({ code, day = true, className }: { code: number; day?: boolean; className?: string }) {
  const sky = skyFromWmoCode(code)
  const Icon = (day ? undefined : NIGHT[sky]) ?? DAY[sky]
  const sunny = sky === "clear" || sky === "partly"
  return (
    <Icon aria-hidden strokeWidth={1.6} className={cn(sunny ? "text-spark" : "text-muted-foreground", className)} />
  )
}
