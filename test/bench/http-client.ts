/** Sends requests from a process of its own, so that their cost is not counted with the server's. Told what by messages. */
import { Agent, request } from "node:http";

export interface Errand {
  url: string;
  bodies: string[];
  /** Whether the answers are wanted back. */
  keep: boolean;
}

export interface Done {
  /** Statuses that occurred. */
  statuses: number[];
  answers: string[];
}

const atOnce = 4;
const agent = new Agent({ keepAlive: true, maxSockets: atOnce });

process.on("message", async ({ url, bodies, keep }: Errand) => {
  const statuses = new Set<number>();
  const answers: string[] = [];
  const waiting = bodies.entries();
  const one = async () => {
    for (const [n, body] of waiting) {
      const { status, text } = await post(url, body);
      statuses.add(status);
      if (keep) answers[n] = text;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  process.send?.({ statuses: [...statuses], answers } satisfies Done);
});

function post(url: string, body: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const sent = request(url, { agent, method: "POST", headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
