import { type ClassValue, clsx } from "clsx"
import { twMerge } from "tailwind-merge"

/** Joins class names; later Tailwind utilities override earlier ones. */
export const cn = (...values: ClassValue[]): string => twMerge(clsx(values))
