/** The user's usage against their quotas. Throws `ApiError` with a message for the user. */
import { api, unexpected } from "@/components/base/api"
import { isRecord } from "@/lib/is-record"
import type { QuotaUsage } from "@/lib/quota/quotas"

const isOurs = (value: unknown): value is QuotaUsage =>
  isRecord(value) && typeof value.answers === "number" && isRecord(value.limits)

export async function fetchQuotaUsage(): Promise<QuotaUsage> {
  const use = await api("/api/usage")
  if (!isOurs(use)) throw unexpected()
  return use
}
