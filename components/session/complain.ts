import { sentenceOf } from "@/components/base/api"
import { toast } from "@/components/ui/toast"

/** Tells the person what went wrong, in passing. */
export const complain = (error: unknown): void => void toast.error(sentenceOf(error))
