import Link from "next/link"
import type { ComponentProps } from "react"
import { cn } from "@/lib/cn"

/** An inline link. */
export function TextLink({ className, ...props }: ComponentProps<typeof Link>) {
  return (
    <Link
      prefetch={false}
      className={cn("font-medium text-spark-text underline underline-offset-4", className)}
      {...props}
    />
  )
}
