import { cn } from "@/lib/cn"

/** The logo: a four-pointed spark. */
export function SparkIcon({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={cn("size-5 text-spark", className)} fill="currentColor">
      <path d="M12 1.5c.9 5.6 3.2 8.7 10 10.5-6.8 1.8-9.1 4.9-10 10.5C11.1 16.9 8.8 13.8 2 12c6.8-1.8 9.1-4.9 10-10.5Z" />
    </svg>
  )
}

export function Wordmark({ className }: { className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-1.5 font-semibold tracking-tight", className)}>
      <SparkIcon className="size-4.5" />
      Sparkler
    </span>
  )
}
