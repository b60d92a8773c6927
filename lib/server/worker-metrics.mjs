/**
 * Combines the metrics of all workers, for whichever of them is scraped (lib/observe/siblings.ts is the counterpart). A
 * worker that doesn't respond in time is left out except for its last counters, and counters of an exited worker are
 * kept: a decreasing counter would look to Prometheus like a restart, and everything would count again.
 */

/** Milliseconds that a worker has to respond: longer than its database timeout. */
const MAX_MS = 2_500
const COUNTED = ["counter", "histogram"]

/** Adds counters and histograms to those of exited workers. */
function addTo(gone, metrics) {
  for (const { values, ...metric } of metrics) {
    if (!COUNTED.includes(metric.type)) continue
    const kept = gone.get(metric.name) ?? { metric, values: new Map() }
    gone.set(metric.name, kept)
    for (const one of values) {
      const key = JSON.stringify([one.metricName, Object.entries(one.labels).sort()])
      const before = kept.values.get(key)
      kept.values.set(key, before ? { ...before, value: before.value + one.value } : one)
    }
  }
}

export function createMetricsCollector(mostMs = MAX_MS) {
  /** By worker: its name in labels, its last response, and whether it is retiring. */
  const known = new Map()
  const gone = new Map()
  const questions = new Map()
  let asked = 0

  const send = (worker, message) => worker.isConnected() && worker.send(message, () => {})

  async function gather() {
    const id = ++asked
    const waiting = new Set(known.keys())
    if (waiting.size > 0)
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, mostMs)
        questions.set(id, (worker) => {
          waiting.delete(worker)
          if (waiting.size > 0) return
          clearTimeout(timer)
          resolve()
        })
        for (const worker of [...waiting]) send(worker, { type: "metrics:give", id })
      })
    questions.delete(id)
    const parts = Array.from(known, ([worker, { name, last }]) => ({
      worker: name,
      up: !waiting.has(worker),
      metrics: last,
    }))
    const ended = Array.from(gone.values(), ({ metric, values }) => ({ ...metric, values: [...values.values()] }))
    return { parts, ended }
  }

  const answer = (id, worker) => questions.get(id)?.(worker)

  return {
    /** Registers a worker that is now serving. */
    add(worker, name) {
      known.set(worker, { name: String(name), last: [] })
      worker.on("message", (message) => {
        const entry = known.get(worker)
        if (!entry) return
        if (message?.type === "metrics:have") {
          entry.last = message.metrics
          answer(message.id, worker)
        } else if (message?.type === "metrics:ask")
          void gather().then((all) => send(worker, { type: "metrics:all", id: message.id, ...all }))
      })
      worker.once("exit", () => {
        addTo(gone, known.get(worker)?.last ?? [])
        known.delete(worker)
        for (const id of [...questions.keys()]) answer(id, worker)
      })
    },
    /** Its replacement takes over its name, so it needs another until it exits. */
    retire(worker) {
      const entry = known.get(worker)
      if (entry) entry.name = `${entry.name}-${worker.id}`
    },
  }
}
