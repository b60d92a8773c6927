import type { ComponentProps } from "react"
import { cn } from "@/lib/cn"

const VARIANTS = {
  primary: "bg-primary text-primary-foreground hover:opacity-90",
  outline: "border bg-surface hover:bg-muted",
  ghost: "text-muted-foreground hover:bg-muted hover:text-foreground",
  danger: "text-danger hover:bg-danger-soft",
} as const

/** Touch targets need at least 40 px. */
const SIZES = {
  sm: "h-8 gap-1.5 rounded-md px-2.5 text-[0.8125rem] pointer-coarse:h-10 pointer-coarse:min-w-10",
  md: "h-9 gap-2 rounded-md px-3.5 text-sm pointer-coarse:h-10",
  icon: "size-8 rounded-md pointer-coarse:size-10",
} as const

export interface ButtonProps extends ComponentProps<"button"> {
  variant?: keyof typeof VARIANTS
  size?: keyof typeof SIZES
}

export function Button({ variant = "outline", size = "md", className, type = "button", ...props }: ButtonProps) {
  return (
    <button
      type={type}
      className={cn(
        "inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap font-medium transition-colors disabled:pointer-events-none disabled:opacity-45",
        VARIANTS[variant],
        SIZES[size],
        className,
      )}
      {...props}
    />
  )
}
