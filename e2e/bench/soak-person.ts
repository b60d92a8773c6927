/** The repeated actions of one person in a soak test: random actions on their own chats, few of which are kept. */
import { randomBytes } from "node:crypto"
import sharp from "sharp"
import { v7 as uuidv7 } from "uuid"

/** Chats that a person keeps; older ones are deleted permanently. */
const KEPT = 8

type Deeds = Record<string, number>

export class SoakPerson {
  private readonly chats: string[] = []

  constructor(
    private readonly url: string,
    private readonly cookie: string,
    /** How often each action was performed, and what failed. */
    private readonly done: Deeds,
    private readonly faults: string[],
  ) {}

  /** Performs a random action. Never rejects: failures are recorded in `faults`. */
  async act(): Promise<void> {
    const deeds = [
      ...[this.ask, this.ask, this.ask, this.askAgain, this.askAgain, this.useTool, this.comeBack, this.stop],
      ...[
        this.upload,
        this.cutUpload,
        this.search,
        this.search,
        this.share,
        this.open,
        this.open,
        this.export,
        this.remove,
      ],
    ]
    const deed = deeds[Math.floor(Math.random() * deeds.length)] ?? this.ask
    try {
      await deed.call(this)
      this.done[deed.name] = (this.done[deed.name] ?? 0) + 1
    } catch (error) {
      this.faults.push(`${deed.name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  /** Keeps an event stream open until the signal aborts, and reconnects when it ends. */
  async hearNews(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const leave = AbortSignal.any([signal, AbortSignal.timeout(20_000 + Math.floor(Math.random() * 20_000))])
      await fetch(`${this.url}/api/events`, { headers: { cookie: this.cookie }, signal: leave })
        .then((response) => response.text())
        .catch(() => {})
    }
  }

  private async send(
    path: string,
    { method = "GET", body, headers = {} }: { method?: string; body?: BodyInit; headers?: Record<string, string> } = {},
  ) {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { cookie: this.cookie, origin: this.url, ...headers },
      body,
    })
    if (!response.ok)
      throw new Error(
        `${method} ${path.replace(/[0-9a-f-]{36}/g, "…")} ${response.status}: ${(await response.text()).slice(0, 200)}`,
      )
    return response
  }

  private json(path: string, method: string, body: object): Promise<Response> {
    return this.send(path, { method, body: JSON.stringify(body), headers: { "content-type": "application/json" } })
  }

  private async question(id: string, text: string, rest: object = {}): Promise<Response> {
    const message = { id: uuidv7(), parts: [{ type: "text", text }] }
    const response = await this.json("/api/chat", "POST", { id, message, append: true, ...rest })
    if (!this.chats.includes(id)) this.chats.push(id)
    return response
  }

  private some = () => this.chats[Math.floor(Math.random() * this.chats.length)]

  private async ask(): Promise<void> {
    await (await this.question(uuidv7(), `bench md=${40 + Math.floor(Math.random() * 120)} rate=60 a lamp`)).text()
    while (this.chats.length > KEPT) await this.remove()
  }

  private async askAgain(): Promise<void> {
    await (await this.question(this.some() ?? uuidv7(), "bench n=80 rate=60 and the garden")).text()
  }

  private async useTool(): Promise<void> {
    const text = await (
      await this.question(uuidv7(), "bench tool n=5 rate=0", { settings: { tools: ["calculate"] } })
    ).text()
    if (!text.includes("18446744073709551616")) throw new Error("the tool's result is missing")
  }

  /** Reads a little, disconnects, and continues reading from there. */
  private async comeBack(): Promise<void> {
    const id = uuidv7()
    const leave = new AbortController()
    const response = await this.question(id, "bench n=120 rate=60 come back")
    const reader = response.body?.getReader()
    await reader?.read()
    leave.abort()
    await reader?.cancel()
    await (await this.send(`/api/chat/${id}/stream?after=3`)).text()
  }

  private async stop(): Promise<void> {
    const id = uuidv7()
    const response = await this.question(id, "bench n=3000 rate=60 never ends")
    await this.send(`/api/chat/${id}/stop`, { method: "POST" })
    await response.text()
  }

  private async begin(bytes: Buffer): Promise<string> {
    const made = await this.send("/api/uploads", {
      method: "POST",
      headers: {
        "tus-resumable": "1.0.0",
        "upload-length": String(bytes.length),
        "upload-metadata": `filename ${Buffer.from("noise.png").toString("base64")}`,
      },
    })
    return made.headers.get("location") ?? ""
  }

  private piece(where: string, offset: number, bytes: Buffer) {
    const headers = {
      "tus-resumable": "1.0.0",
      "content-type": "application/offset+octet-stream",
      "upload-offset": String(offset),
    }
    return this.send(where, { method: "PATCH", body: new Uint8Array(bytes), headers })
  }

  private noise = () =>
    sharp(randomBytes(120 * 90 * 3), { raw: { width: 120, height: 90, channels: 3 } })
      .png()
      .toBuffer()

  private async upload(): Promise<void> {
    const bytes = await this.noise()
    const where = await this.begin(bytes)
    await this.piece(where, 0, bytes)
    const { image } = await (await this.json(`${where}/take`, "POST", {})).json()
    await (await this.send(`/api/images/${image.id}?size=320`)).arrayBuffer()
  }

  /** Sends half of an upload, then cancels it. */
  private async cutUpload(): Promise<void> {
    const bytes = await this.noise()
    const where = await this.begin(bytes)
    await this.piece(where, 0, bytes.subarray(0, bytes.length / 2))
    await this.send(where, { method: "DELETE", headers: { "tus-resumable": "1.0.0" } })
  }

  private async search(): Promise<void> {
    await (await this.send("/api/search?q=lamp+gar")).json()
  }

  private async share(): Promise<void> {
    const id = this.some()
    if (!id) return
    const { share } = await (await this.json(`/api/conversations/${id}/shares`, "POST", {})).json()
    await (await this.send(share.path)).text()
    await this.json(`/api/shares/${share.id}`, "PATCH", { revoked: true })
  }

  private async open(): Promise<void> {
    const id = this.some()
    await (await this.send(id ? `/c/${id}` : "/")).text()
  }

  private async export(): Promise<void> {
    const id = this.some()
    if (id) await (await this.send(`/api/conversations/${id}/export?as=md`)).text()
  }

  private async remove(): Promise<void> {
    const id = this.chats.shift()
    if (id) await this.send(`/api/conversations/${id}`, { method: "DELETE" })
  }
}
