import { type ClassValue, clsx } from "clsx"
import { createTailwindMerge } from "tailwind-merge"
import { mergeConfig } from "@/lib/cn-config"

const merge = createTailwindMerge(mergeConfig)

/** Class names joined, later Tailwind utilities winning over earlier ones. */
export const cn = (...values: ClassValue[]): string => merge(clsx(values))
