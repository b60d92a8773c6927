import { cn } from "@/lib/cn"

/** A spinner. Purely visual: state what is loading beside it. */
export function Spinner({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={cn(
        "inline-block size-4 animate-spin rounded-full border-2 border-current border-r-transparent opacity-70",
        className,
      )}
    />
  )
}
