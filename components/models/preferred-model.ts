import { browserStorage } from "@/components/base/storage"

const KEY = "sparkler:model"

/** The model chosen last in this browser; null when none was. */
export const preferredModel = (): string | null => browserStorage.getItem(KEY)

export const preferModel = (id: string): void => void browserStorage.setItem(KEY, id)
