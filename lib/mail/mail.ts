/** Sends email if the operator has configured a mail server. */
import { createTransport, type Transporter } from "nodemailer"
import { config } from "@/lib/config"
import { singleton } from "@/lib/singleton"

export interface Mail {
  /** One address, normalized by `addressOf`: it contains no separator. */
  to: string
  subject: string
  text: string
  html: string
}

/** Milliseconds. */
const CONNECT_MS = 10_000
const SILENT_MS = 20_000

export const isMailConfigured = (): boolean => config().accounts.mail !== null

interface Sender {
  url: string
  transport: Transporter
}

const sender = () => singleton<{ current: Sender | null }>("mailSender", () => ({ current: null }))

function transport(url: string): Transporter {
  const state = sender()
  if (state.current?.url === url) return state.current.transport
  const made = createTransport({
    url,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
    // Message content is never read from files or URLs.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  state.current = { url, transport: made }
  return made
}

/** Sends an email. Throws if no server is configured, or if the server refuses. */
export async function sendMail({ to, subject, text, html }: Mail): Promise<void> {
  const { mail } = config().accounts
  if (!mail) throw new Error("SMTP_URL is not set")
  await transport(mail.smtpUrl).sendMail({
    from: mail.from,
    // As an object, it is always treated as one address.
    to: { name: "", address: to },
    subject: subject.replace(/[\r\n]+/g, " "),
    text,
    html,
    headers: { "auto-submitted": "auto-generated" },
  })
}
