"use client"

import { useFormatter, useTranslations } from "next-intl"
import type { RecordingEvent } from "@/lib/recording/format"

interface Request {
  number: number
  at: number
  status: number | null
  first: number | null
  end: number | null
  error: string | null
  requestId: string | null
}

/** The requests of a turn, including failed ones, with their times and outcomes. */
export function RequestTable({ events }: { events: readonly RecordingEvent[] }) {
  const t = useTranslations("recordings")
  const format = useFormatter()
  const requests = requestsOf(events)
  if (requests.length === 0) return null
  const ms = (value: number | null, since: number) =>
    value === null ? "–" : t("ms", { count: format.number(Math.round(value - since)) })
  return (
    <details className="mt-8 rounded-lg border bg-surface text-sm">
      <summary className="cursor-pointer px-3.5 py-2.5 font-medium">
        {t("requests", { count: requests.length })}
      </summary>
      <div className="overflow-x-auto border-t">
        <table className="w-full whitespace-nowrap text-start text-[0.8125rem]">
          <thead className="text-muted-foreground">
            <tr>
              {(["number", "sent", "status", "first", "whole", "id"] as const).map((name) => (
                <th key={name} scope="col" className="px-3.5 py-1.5 text-start font-medium">
                  {t(`column.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {requests.map(({ number, at, status, first, end, error, requestId }) => (
              <tr key={number} className="border-t align-top">
                <td className="px-3.5 py-1.5 tabular-nums">{number}</td>
                <td className="px-3.5 py-1.5 tabular-nums">{ms(at, 0)}</td>
                <td className="px-3.5 py-1.5 tabular-nums">{status ?? "–"}</td>
                <td className="px-3.5 py-1.5 tabular-nums">{ms(first, at)}</td>
                <td className="px-3.5 py-1.5 tabular-nums">{ms(end, at)}</td>
                <td className="wrap-anywhere max-w-64 whitespace-normal px-3.5 py-1.5">{error ?? requestId ?? "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

function requestsOf(events: readonly RecordingEvent[]): Request[] {
  const requests = new Map<number, Request>()
  for (const event of events) {
    if (event.type === "request") {
      const { number, at } = event
      requests.set(number, { number, at, status: null, first: null, end: null, error: null, requestId: null })
    }
    const request = "number" in event ? requests.get(event.number) : undefined
    if (!request) continue
    if (event.type === "response") {
      request.status = event.status
      request.requestId = event.headers["x-request-id"] ?? null
    } else if (event.type === "data") request.first ??= event.at
    else if (event.type === "end") {
      request.end = event.at
      request.error = event.error ?? null
    }
  }
  return [...requests.values()]
}
