import { sentenceOf } from "@/components/base/api"
import { toast } from "@/components/ui/toast"

/** Shows the error to the user as a toast. */
export const complain = (error: unknown): void => void toast.error(sentenceOf(error))
