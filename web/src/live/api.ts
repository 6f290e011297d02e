/** A request that the hub refused or that never reached it (code "unreachable"). */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  /** The problem document as it came. */
  readonly problem: Readonly<Record<string, unknown>>;

  constructor(code: string, status: number, problem: Readonly<Record<string, unknown>> = {}) {
    super(typeof problem["detail"] === "string" && problem["detail"] !== "" ? problem["detail"] : code);
    this.code = code;
    this.status = status;
    this.problem = problem;
  }
}

/** Fetches JSON from the hub's REST; throws an ApiError for everything but a 2xx. */
export async function api<T>(path: string, init: RequestInit = {}): Promise<T> {
  const answer = await reach(path, init);
  const body: unknown = answer.status === 204 ? undefined : await answer.json().catch(() => undefined);
  if (!answer.ok) throw problemOf(answer.status, body);
  return body as T;
}

/** The same with a JSON body. */
export function post<T>(path: string, body: unknown): Promise<T> {
  return api<T>(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(`/api/v1${path}`, { headers: { Accept: "application/json" }, ...init });
  } catch {
    throw new ApiError("unreachable", 0);
  }
}

function problemOf(status: number, body: unknown): ApiError {
  const problem = (typeof body === "object" && body !== null ? body : {}) as Readonly<Record<string, unknown>>;
  const { code } = problem;
  return new ApiError(typeof code === "string" ? code : "internal", status, problem);
}

/** One session as REST lists it. */
export interface SessionItem {
  readonly id: string;
  readonly conference: string;
  readonly title: string;
  readonly room: string;
  readonly start: number;
  readonly end: number;
  readonly state: "planned" | "cancelled";
  readonly live: boolean;
  /** Its board is open, or has been. */
  readonly opened?: boolean;
  readonly code: string;
  readonly zone: string;
}

export interface SessionDetail extends SessionItem {
  readonly subtitle?: string;
  readonly abstract?: string;
  readonly description?: string;
  readonly speakers?: readonly string[];
  readonly track?: string;
  readonly lang?: string;
  readonly url?: string;
}

export interface ConferenceItem {
  readonly id: string;
  readonly title: string;
  readonly zone: string;
  readonly start: number;
  readonly end: number;
  readonly code: string;
  readonly sessions: number;
}

export const getSession = (id: string): Promise<SessionDetail> => api(`/sessions/${encodeURIComponent(id)}`);

/** One page of them: live ones first, then by their start. */
export const getSessions = (conference: string, after = "0"): Promise<{ items: SessionItem[]; next: string | null }> =>
  api(`/sessions?conference=${encodeURIComponent(conference)}&limit=500&after=${after}`);

export const getConferences = (): Promise<{ items: ConferenceItem[] }> => api("/conferences");

export const join = (code: string): Promise<{ conference: string; session?: string }> =>
  api(`/join/${encodeURIComponent(code)}`);
