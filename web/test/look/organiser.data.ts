const H = 3_600_000;
const D = 24 * H;
const ID = (n: number): string => `01JB0000000000000000000${String(n).padStart(3, "0")}`;

export function office(now: number) {
  const pass = (role: string, scope: string, made: number, until: number, more: object = {}) => ({
    role,
    scope,
    at: now - made,
    until: now + until,
    ...more,
  });
  return {
    settings: { _: { code: "ABC234", autoopen: true } },
    pass: {
      [ID(1)]: pass("organiser", "conference/waters", 6 * D, 8 * D, { label: "Printed at the first start" }),
      [ID(2)]: pass("moderator", "session/opening", 3 * H, 2 * D, { label: "Leila Haddad" }),
      [ID(3)]: pass("moderator", "room/majlis", 2 * H, 20 * H, { label: "سلمى حسن" }),
      [ID(4)]: pass("screen", "room/plenary", 26 * H, 5 * D, { label: "Beamer, left" }),
      [ID(5)]: pass("moderator", "session/glaciers", 2 * D, 3 * D, { label: "Tom", revoked: now - D }),
      [ID(6)]: pass("screen", "session/aquifer", 3 * D, -D),
    },
  };
}

export function report(now: number) {
  const ref = (id: string, title: string) => ({ id, title });
  const slot = (hours: number, minutes: number, room: string) => ({
    start: now + hours * H,
    end: now + hours * H + minutes * 60_000,
    room,
  });
  const moved = [
    {
      ...ref("glaciers", "Glaciers as water towers: a data walk"),
      was: slot(2, 40, "Salle des conférences 2"),
      now: slot(4, 40, "Plenary Hall"),
    },
    { ...ref("youth", "Youth assembly"), was: slot(3, 60, "قاعة المجلس"), now: slot(27, 90, "قاعة المجلس") },
  ];
  return {
    file: "waters-2026-v3.json",
    format: "frab JSON",
    conference: "waters",
    zone: "Europe/Berlin",
    days: 2,
    rooms: 3,
    sessions: 48,
    first: new Date(now - 5 * H).toISOString(),
    last: new Date(now + 30 * H).toISOString(),
    warnings: [
      { line: 214, kind: "no-room", times: 3, text: "a talk has no room; it is listed under – (3 times in the file)" },
      {
        line: 0,
        kind: "no-zone",
        times: 1,
        text: "the file names no time zone: its times are shown in Etc/GMT-1, the offset that they have; import it with the zone",
      },
    ],
    diff: {
      added: [
        ref("n1", "Fish passes that work"),
        ref("n2", "الأمن المائي في المدن الكبرى"),
        ref("n3", "Who reads the river gauges?"),
      ],
      moved,
      roomChanged: [
        moved[0],
        {
          ...ref("aquifer", "Mapping the Guaraní aquifer with citizen sensors"),
          was: slot(1, 45, "Salle des conférences 2"),
          now: slot(1, 45, "Plenary Hall"),
        },
      ],
      renamed: [{ ...ref("closing", "Closing session: the Berlin declaration"), was: "Closing session" }],
      edited: [ref("opening", "Opening plenary: who owns the river?"), ref("e2", "Water law in one hour")],
      cancelled: [ref("dams", "Dam removal, ten years on")],
      restored: [],
      unchanged: 39,
    },
  };
}

export const results = {
  session: { live: false, qa: "open", moderation: true, names: "optional" },
  people: 488,
  withdrawn: 3,
  questions: [
    {
      id: "q1",
      text: "How will upstream countries be held to the flow guarantees in a dry year?",
      at: 0,
      state: "answered",
      votes: 87,
    },
    { id: "q2", text: "هل ستُنشر بيانات السدود للعموم أم تبقى بين الحكومات؟", at: 0, state: "live", votes: 41 },
    { id: "q3", text: "¿Cómo participarán las comunidades indígenas?", at: 0, state: "live", votes: 33 },
    { id: "q4", text: "Will the slides be shared?", at: 0, state: "answered", votes: 9 },
  ],
  polls: [
    {
      id: "p1",
      title: "Where did you travel from?",
      kind: "single",
      state: "closed",
      results: "shown",
      at: 0,
      people: 488,
      options: ["Africa", "Asia", "Europe", "Latin America"].map((text, i) => ({
        id: i + 1,
        text,
        count: [96, 142, 191, 59][i],
      })),
    },
  ],
};

/** What the hub says of a file that it cannot read. */
export const REFUSED = {
  type: "about:blank",
  title: "Not a programme that can be read",
  status: 422,
  code: "bad-programme",
  kind: "no-time",
  line: 118,
  detail:
    'line 118: the event has no start: neither a date nor a start with a time; write date="2026-12-01T10:00:00+01:00"',
};
