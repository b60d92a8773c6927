import { createTranslator } from "next-intl"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { ApiError, api } from "@/components/base/api"
import { setRequestTexts } from "@/components/base/request-texts"
import en from "@/lib/i18n/en.json"

beforeEach(() => {
  const { requests } = en
  setRequestTexts(createTranslator({ locale: "en", messages: { requests }, namespace: "requests" }))
})
afterEach(() => vi.unstubAllGlobals())

const answer = (body: string | null, status: number) =>
  vi.stubGlobal("fetch", async () => new Response(body, { status }))

describe("API response parsing", () => {
  it.each([200, 201, 202])("accepts any success status: %i", async (status) => {
    answer('{"state":"waiting"}', status)
    expect(await api("/api/x")).toEqual({ state: "waiting" })
  })

  it.each([200, 202, 204])("accepts an empty body: %i", async (status) => {
    answer(status === 204 ? null : "", status)
    expect(await api("/api/x")).toBeNull()
  })

  it("throws an ApiError when the body is truncated", async () => {
    answer('{"state":"wai', 200)
    await expect(api("/api/x")).rejects.toBeInstanceOf(ApiError)
  })
})
