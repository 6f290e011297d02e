// What the fake hub shows: one conference, its programme, one live session.
const H = 3_600_000;
const M = 60_000;

export function conference(now: number) {
  const start = now - 25 * M;
  const rooms = {
    plenary: { name: "Plenary Hall", order: 1 },
    "room-2": { name: "Salle des conférences 2", order: 2 },
    majlis: { name: "قاعة المجلس", order: 3 },
  };
  const session = (title: string, at: number, minutes: number, room: string, more: object = {}) => ({
    title,
    start: at,
    end: at + minutes * M,
    room,
    day: at > now + 14 * H ? 2 : 1,
    state: "planned",
    code: "7KXM4P",
    ...more,
  });
  return {
    conference: {
      _: { title: "World Summit on Shared Waters", zone: "Europe/Berlin", start: now - 5 * H, end: now + 40 * H },
    },
    day: {
      1: { date: "2026-12-01", start: now - 5 * H, end: now + 9 * H },
      2: { date: "2026-12-02", start: now + 19 * H, end: now + 30 * H },
    },
    room: rooms,
    session: {
      opening: session("Opening plenary: who owns the river?", start, 75, "plenary", {
        speakers: ["Amina Al-Khatib", "Jonas Weber"],
        track: "Plenary",
      }),
      aquifer: session("Mapping the Guaraní aquifer with citizen sensors", start + 10 * M, 45, "room-2", {
        speakers: ["María Fernanda Ríos"],
      }),
      diplomacy: session("دبلوماسية المياه: دروس من حوض النيل", start + 20 * M, 60, "majlis", {
        speakers: ["د. سلمى حسن"],
        lang: "ar",
        was: { start: start, room: "room-2" },
      }),
      glaciers: session("Glaciers as water towers: a data walk", start + 80 * M, 40, "room-2", {
        speakers: ["Tenzin Dolma"],
        was: { start: start + 65 * M, end: start + 105 * M },
      }),
      dams: session("Dam removal, ten years on", start + 80 * M, 40, "plenary", {
        state: "cancelled",
        speakers: ["Ingrid Sørensen", "Pauli Niemi"],
      }),
      youth: session("Youth assembly", start + 130 * M, 60, "majlis", {}),
      closing: session("Closing session and the Berlin declaration", now + 24 * H, 60, "plenary", {
        speakers: ["Amina Al-Khatib"],
      }),
    },
    announcement: {
      "01JA0000000000000000000001": {
        text: "Lunch is served on the terrace until 14:30. Interpretation headsets at desk B.",
        at: now - 4 * M,
      },
    },
  };
}

export const Q = (n: number): string => `01JQ00000000000000000000${String(n).padStart(2, "0")}`;
export const N = (n: number): string => `01JN00000000000000000000${String(n).padStart(2, "0")}`;
export const P = (n: number): string => `01JP00000000000000000000${String(n).padStart(2, "0")}`;

export function session(now: number) {
  const q = (text: string, minutes: number, state: string, more: object = {}) => ({
    text,
    at: now - minutes * M,
    state,
    ...more,
  });
  return {
    session: { _: { live: true, qa: "open", moderation: true, names: "optional" } },
    stage: { _: { question: Q(1), poll: null } },
    label: { 1: { name: "Money", public: true }, 2: { name: "المياه الجوفية", public: true } },
    question: {
      [Q(1)]: q("How will upstream countries be held to the flow guarantees in a dry year?", 12, "live", {
        name: "Leila Haddad",
        pinned: true,
      }),
      [Q(2)]: q("Who pays for the shared sensors once the pilot money is spent?", 9, "live", {
        labels: [1],
        merged: [Q(13), Q(14)],
        asked: 3,
      }),
      [Q(3)]: q("هل ستُنشر بيانات السدود للعموم أم تبقى بين الحكومات؟", 8, "live", {
        name: "يوسف بن علي",
        lang: "ar",
        dir: "rtl",
      }),
      [Q(4)]: q("¿Cómo participarán las comunidades indígenas en la comisión de la cuenca?", 7, "live", {
        name: "Ana Quispe",
        lang: "es",
      }),
      [Q(5)]: q(
        "Is there a public timetable for the treaty text? The last three drafts appeared a day before the vote and nobody in our delegation had the time to read them, let alone to translate the annexes.",
        5,
        "live",
      ),
      [Q(6)]: q("水质数据多久公布一次？", 3, "live", { name: "李明", lang: "zh" }),
      [Q(7)]: q("Will the slides be shared?", 20, "answered", {
        answer: "Yes: all slides are on the conference site by tonight.",
        from: "floor",
      }),
      [Q(8)]: q("Is the youth assembly open to observers?", 24, "answered", { name: "Tom" }),
    },
    translation: {
      [`${Q(3)}.en`]: words(Q(3), "en", "Will the dams’ data be open to all, or stay between governments?"),
      [`${Q(3)}.fr`]: words(Q(3), "fr", "Les données des barrages seront-elles publiques ?", { machine: true }),
      [`${Q(2)}.ar`]: words(Q(2), "ar", "من يدفع ثمن المجسّات المشتركة بعد نفاد أموال التجربة؟"),
    },
    votes: {
      [Q(1)]: { n: 87 },
      [Q(2)]: { n: 64 },
      [Q(3)]: { n: 41 },
      [Q(4)]: { n: 33 },
      [Q(5)]: { n: 12 },
      [Q(6)]: { n: 1 },
      [Q(7)]: { n: 9 },
      [Q(8)]: { n: 4 },
    },
    poll: {
      [P(1)]: {
        title: "Which measure should come first?",
        kind: "single",
        options: options(
          "Open flow data",
          "A joint drought fund",
          "Fish passes at every dam",
          "A court for river disputes",
        ),
        min: 1,
        max: 1,
        state: "open",
        results: "hidden",
        at: now - 9 * M,
        opened: now - 2 * M,
      },
      [P(2)]: {
        title: "Where did you travel from?",
        kind: "single",
        options: options("Africa", "Asia", "Europe", "Latin America", "North America", "Oceania"),
        min: 1,
        max: 1,
        state: "closed",
        results: "shown",
        at: now - 40 * M,
        opened: now - 35 * M,
        closed: now - 25 * M,
      },
    },
    tally: { [P(1)]: { people: 312 }, [P(2)]: { people: 488, counts: [96, 142, 131, 58, 41, 20] } },
  };
}

function words(q: string, lang: string, text: string, more: object = {}) {
  return { q, lang, dir: lang === "ar" ? "rtl" : "ltr", text, ...more };
}

/** What translators see beside: who is at what, and what is not agreed upon. */
export function forTranslators(now: number) {
  const all = session(now);
  return {
    ...all,
    session: { _: { ...all.session._, langs: ["ar", "en", "fr"] } },
    staff: { 1: { name: "Nadia" }, 3: { name: "Tariq" }, 4: { name: "Zoé" } },
    translation: {
      ...all.translation,
      [`${Q(4)}.en`]: words(Q(4), "en", "How will indigenous communities take part?", { by: 4, eye: 4 }),
      [`${Q(1)}.en`]: words(Q(1), "en", "How will upstream countries be held to it?", { by: 3, old: true }),
    },
    lock: { [`${Q(6)}.en`]: { q: Q(6), lang: "en", by: 4, until: now + 95_000 } },
  };
}

/** What the stage sees beside: what is queued, and notes. */
export function forStage(now: number) {
  const all = session(now);
  return {
    ...all,
    stage: { _: { question: Q(1), poll: P(2) } },
    question: {
      ...all.question,
      [Q(3)]: { ...all.question[Q(3)], starred: 7 },
      [Q(4)]: { ...all.question[Q(4)], starred: 9 },
    },
    note: { [N(1)]: { text: "Five minutes left", at: now - M } },
  };
}

export function mine(now: number) {
  return {
    asked: {
      [Q(5)]: {
        text: "Is there a public timetable for the treaty text? The last three drafts appeared a day before the vote and nobody in our delegation had the time to read them, let alone to translate the annexes.",
        at: now - 5 * M,
        state: "live",
      },
      [Q(9)]: { text: "Could the session be recorded with Arabic captions?", at: now - 1 * M, state: "pending" },
      [Q(13)]: {
        text: "And who finances the sensors afterwards?",
        at: now - 8 * M,
        state: "merged",
        into: Q(2),
      },
      [Q(15)]: { text: "Why is lunch so late?", at: now - 11 * M, state: "dismissed", why: "off-topic" },
    },
    vote: { [Q(2)]: { on: true }, [Q(4)]: { on: true } },
    answer: { [P(2)]: { choice: [3] } },
  };
}

/** What a moderator sees beyond the rest. */
export function forModerators(now: number) {
  const all = session(now);
  const q = (text: string, minutes: number, state: string, more: object = {}) => ({
    text,
    at: now - minutes * M,
    state,
    offsets: [1],
    ...more,
  });
  return {
    ...all,
    question: {
      ...all.question,
      [Q(9)]: q("Could the session be recorded with Arabic captions?", 1, "pending"),
      [Q(10)]: q("What does the minister say to fishers who lost their catch three seasons in a row?", 2, "pending", {
        name: "Kofi Mensah",
        held: "words",
      }),
      [Q(11)]: q("ما دور الجامعات في الرصد؟", 4, "pending", { name: "هدى", lang: "ar", eye: 2 }),
      [Q(12)]: q("BUY CHEAP WATCHES!!!", 6, "dismissed", {
        why: "inappropriate",
        note: "The third one from this person.",
        by: 2,
        when: now - 5 * M,
        blocked: true,
      }),
      [Q(13)]: q("And who finances the sensors afterwards?", 8, "merged", { into: Q(2), by: 1, when: now - 3 * M }),
      [Q(4)]: { ...all.question[Q(4)], starred: 7, by: 1, when: now - 2 * M, labels: [2] },
    },
    staff: { 1: { name: "Nadia" }, 2: {} },
    step: {
      21: { did: "question.merge", at: now - 3 * M, by: 1, id: Q(13), n: 2 },
      22: { did: "question.dismiss", at: now - 5 * M, by: 2, id: Q(12), n: 1 },
      23: { did: "settings.set", at: now - 6 * M, by: 1, undone: 24 },
    },
    ledger: { _: { received: 14, waiting: 3, shown: 8, merged: 2, answered: 2, declined: { inappropriate: 1 } } },
    balance: {
      _: {
        langs: {
          "": { received: 8, shown: 5, answered: 2 },
          ar: { received: 3, shown: 1 },
          es: { received: 1, shown: 1 },
        },
        labels: { 1: { received: 1, shown: 1 }, 2: { received: 1, shown: 1 } },
      },
    },
    votes: {
      ...all.votes,
      [Q(13)]: { n: 2 },
      [Q(9)]: { n: 0 },
      [Q(10)]: { n: 0 },
      [Q(11)]: { n: 0 },
      [Q(12)]: { n: 0 },
    },
    poll: {
      ...all.poll,
      [P(3)]: {
        title: "How useful was this session?",
        kind: "single",
        options: options("Very", "Somewhat", "Not really"),
        min: 1,
        max: 1,
        state: "draft",
        results: "hidden",
        at: now - M,
      },
    },
    tally: {
      ...all.tally,
      [P(1)]: { people: 312, counts: [140, 88, 31, 53] },
      [P(3)]: { people: 0, counts: [0, 0, 0] },
    },
  };
}

function options(...texts: string[]) {
  return texts.map((text, i) => ({ id: i + 1, text }));
}

export function item(now: number, id = "opening") {
  const s = conference(now).session.opening;
  return {
    id,
    conference: "waters",
    title: s.title,
    room: "Plenary Hall",
    start: s.start,
    end: s.end,
    state: "planned",
    live: true,
    code: s.code,
    zone: "Europe/Berlin",
    speakers: ["Amina Al-Khatib", "Jonas Weber"],
  };
}

/** What REST answers, by path. */
export function rest(path: string, now: number): { status?: number; json: unknown } {
  const name = path.replace("/api/v1", "");
  const title = "World Summit on Shared Waters";
  if (name === "/conferences") {
    return {
      json: {
        items: [{ id: "waters", title, zone: "Europe/Berlin", start: now, end: now, code: "ABC234", sessions: 7 }],
      },
    };
  }
  if (name === "/sessions") {
    const second = {
      ...item(now, "aquifer"),
      title: "Mapping the Guaraní aquifer with citizen sensors",
      room: "Salle 2",
    };
    return { json: { items: [item(now), second], next: null } };
  }
  if (name.startsWith("/sessions/")) return { json: item(now, name.split("/")[2]) };
  if (name === "/join/7KXM4P") return { json: { conference: "waters", session: "opening" } };
  return { status: 404, json: { type: "about:blank", title: "Not found", status: 404, code: "unknown-code" } };
}
