import type { Answer, Kind, Past, Poll, Tally, Text } from "../../src/model/poll.ts";

// One poll of each kind, with what was counted in it: what the fake hub shows of it depends on its state.

const M = 60_000;

export interface Sample {
  readonly poll: Omit<Poll, "state" | "results" | "at">;
  readonly tally: Tally;
  readonly answer?: Answer;
  readonly past?: readonly Past[];
  readonly texts?: readonly Pick<Text, "text" | "people" | "state">[];
  readonly questions?: readonly Sample[];
}

const options = (...texts: string[]) => texts.map((text, i) => ({ id: i + 1, text }));
const words = (...pairs: [string, number][]) => pairs.map(([text, people], i) => ({ n: i + 1, text, people }));

export const samples: Readonly<Record<Kind, Sample>> = {
  single: {
    poll: {
      title: "Which measure should come first?",
      kind: "single",
      options: options("Open flow data", "A joint drought fund", "Fish passes at every dam", "محكمة لنزاعات الأنهار"),
      min: 1,
      max: 1,
      round: 2,
    },
    tally: { people: 312, counts: [140, 88, 31, 53] },
    past: [{ round: 1, people: 280, counts: [90, 121, 40, 29] }],
    answer: { choice: [1] },
  },
  multiple: {
    poll: {
      title: "Which topics do you want in the next session?",
      kind: "multiple",
      options: options(
        "Dams",
        "Aquifers",
        "Glaciers",
        "Treaties",
        "Fisheries",
        "Drought",
        "Flood warning",
        "Financing",
      ),
      min: 1,
      max: 3,
    },
    tally: { people: 204, counts: [120, 96, 81, 77, 60, 44, 31, 12] },
    answer: { choice: [2, 4] },
  },
  yesno: {
    poll: {
      title: "Shall the draft be put to the vote today?",
      kind: "yesno",
      options: options("", "", ""),
      min: 1,
      max: 1,
    },
    tally: { people: 188, counts: [112, 58, 18] },
    answer: { choice: [1] },
  },
  rating: {
    poll: { title: "How was the interpretation?", kind: "rating", steps: 5 },
    tally: { people: 143, counts: [3, 8, 21, 58, 53] },
    answer: { choice: [4] },
  },
  scale: {
    poll: {
      title: "The treaty protects those downstream.",
      kind: "scale",
      steps: 7,
      ends: ["Strongly disagree", "Strongly agree"],
      round: 2,
    },
    tally: { people: 166, counts: [6, 11, 19, 33, 45, 34, 18] },
    past: [{ round: 1, people: 160, counts: [20, 30, 39, 30, 21, 12, 8] }],
    answer: { choice: [5] },
  },
  nps: {
    poll: { title: "Would you recommend this summit to a colleague?", kind: "nps", steps: 11 },
    tally: { people: 221, counts: [2, 1, 3, 2, 4, 12, 15, 31, 48, 61, 42] },
    answer: { choice: [10] },
  },
  ranking: {
    poll: {
      title: "Who should host the secretariat?",
      kind: "ranking",
      options: options("Nairobi", "Geneva", "Montevideo", "عمّان", "Bangkok"),
      max: 5,
      unranked: "apart",
    },
    tally: {
      people: 97,
      won: [210, 201, 150, 122, 90],
      met: [330, 340, 300, 290, 280],
      first: [31, 28, 14, 12, 9],
      order: [[1], [2], [3, 4], [5]],
    },
    answer: { ranks: [[2], [1, 4], [3]] },
  },
  points: {
    poll: {
      title: "How would you spend the fund?",
      kind: "points",
      options: options("Sensors", "Schools along the river", "Early warning", "Legal help for fishers"),
    },
    tally: { people: 88, counts: [2110, 2905, 2620, 1165] },
    answer: { points: [20, 50, 30, 0] },
  },
  number: {
    poll: { title: "How many dams stand in the basin?", kind: "number", low: 0, high: 1000, truth: 312 },
    tally: {
      people: 301,
      number: {
        low: 12,
        q1: 180,
        median: 260,
        q3: 350,
        high: 900,
        from: 0,
        width: 100,
        bins: [21, 60, 98, 70, 28, 12, 6, 4, 1, 1],
      },
    },
    answer: { number: 260 },
  },
  text: {
    poll: { title: "What did you miss today?", kind: "text", max: 2, moderated: true },
    tally: { people: 41 },
    texts: [
      { text: "More time for questions from the floor, please." },
      { text: "كنت أتمنى سماع المزيد عن حوض دجلة والفرات." },
      { text: "A map on the wall." },
      { text: "Hablar con las comunidades indígenas, no sobre ellas.", people: 3 },
      { text: "希望看到更多中文资料。" },
      { text: "Больше данных о ледниках, и чтобы слайды были доступны до доклада, а не после него." },
      { text: "Des pauses plus longues." },
      { text: "Coffee that is worth the name", state: "pending" },
      { text: "BUY CHEAP WATCHES", state: "held" },
    ],
    answer: { words: ["More time for questions from the floor, please."] },
  },
  cloud: {
    poll: { title: "The river in one word", kind: "cloud", max: 3 },
    tally: {
      people: 264,
      words: words(
        ["life", 61],
        ["حياة", 48],
        ["water", 44],
        ["border", 31],
        ["вода", 29],
        ["和平", 27],
        ["home", 25],
        ["memoria", 22],
        ["ماء", 19],
        ["fish", 17],
        ["énergie", 16],
        ["patience", 12],
        ["drought", 11],
        ["силт", 9],
        ["水", 9],
        ["bridge", 8],
        ["سلام", 8],
        ["trade", 7],
        ["vida", 6],
        ["glacier", 6],
        ["mémoire", 5],
        ["debt", 4],
        ["flow", 4],
        ["хлеб", 4],
        ["silence", 3],
        ["rice", 3],
        ["طين", 3],
        ["future", 2],
        ["song", 2],
        ["pêche", 2],
        ["otters", 1],
        ["mud", 1],
      ),
    },
    answer: { words: ["life", "bridge"] },
  },
  quiz: {
    poll: {
      title: "Which river crosses the equator twice?",
      kind: "quiz",
      options: options("The Nile", "The Congo", "The Amazon", "The Mekong"),
      min: 1,
      max: 1,
      right: [2],
    },
    tally: { people: 120, counts: [22, 71, 19, 8] },
    answer: { choice: [2], score: 1000 },
  },
  survey: {
    poll: { title: "Before you leave", kind: "survey" },
    tally: { people: 57 },
    questions: [
      {
        poll: { title: "How was the day?", kind: "rating", steps: 5 },
        tally: { people: 57, counts: [1, 2, 9, 25, 20] },
        answer: { choice: [4] },
      },
      {
        poll: {
          title: "Which language did you listen to?",
          kind: "multiple",
          options: options("العربية", "中文", "English", "Français", "Русский", "Español"),
          min: 1,
          max: 6,
        },
        tally: { people: 55, counts: [12, 5, 30, 14, 9, 17] },
        answer: { choice: [3] },
      },
      {
        poll: { title: "What should be different next year?", kind: "text", max: 1 },
        tally: { people: 20 },
        texts: [{ text: "Shorter speeches." }, { text: "مزيد من الترجمة الفورية." }],
      },
    ],
  },
};

export type Moment = "draft" | "open" | "answered" | "closed";
type Board = Record<string, Record<string, unknown>>;
export const pollID = (n: number): string => `01JK0000000000000000000${String(n).padStart(3, "0")}`;

const leaderboard = {
  of: 3,
  people: 120,
  scores: [
    [3000, 2],
    [2500, 1],
    [2000, 40],
    [1000, 77],
  ],
  top: [
    { offset: 201, rank: 1, name: "Amina", score: 3000, n: 1 },
    { offset: 202, rank: 1, name: "李明", score: 3000, n: 2 },
    { offset: 203, rank: 3, name: "يوسف بن علي", score: 2500, n: 3 },
    { offset: 204, rank: 4, name: "Ana Quispe", score: 2000, n: 4 },
    { offset: 205, rank: 4, name: "Тарас", score: 2000, n: 5 },
    { offset: 206, rank: 4, name: "Kofi", score: 2000, n: 6 },
  ],
  teams: [
    { team: 2, rank: 1, people: 31, score: 2100 },
    { team: 1, rank: 2, people: 28, score: 1900 },
  ],
};

/** Puts one poll on a board at a moment of its life; says its id. Counts are there when they may be seen. */
export function putPoll(
  board: Board,
  mine: Board,
  sample: Sample,
  moment: Moment,
  now: number,
  more: Partial<Poll> = {},
): string {
  const n = Object.keys(board["poll"] ?? {}).length + 1;
  const id = pollID(n);
  place(board, mine, sample, moment, now + n, id, more);
  for (const [i, q] of (sample.questions ?? []).entries())
    place(board, mine, q, moment, now + n + i, pollID(n + 1 + i), { ...more, in: id });
  return id;
}

function place(
  board: Board,
  mine: Board,
  sample: Sample,
  moment: Moment,
  now: number,
  id: string,
  more: Partial<Poll>,
): void {
  const put = (where: Board, kind: string, key: string, entity: unknown): void => {
    where[kind] = { ...where[kind], [key]: entity };
  };
  const state = moment === "answered" ? "open" : moment;
  const { right, truth, ...asked } = sample.poll;
  const told =
    moment === "closed" ? { ...(right && { right, solved: true }), ...(truth !== undefined && { truth }) } : {};
  const poll = {
    ...asked,
    state,
    results: "closed",
    at: now - 9 * M,
    ...(moment !== "draft" && { opened: now - 2 * M }),
    ...told,
    ...more,
  };
  put(board, "poll", id, poll);
  const seen = moment === "closed" || more.results === "shown";
  put(board, "tally", id, seen ? sample.tally : { people: moment === "draft" ? 0 : sample.tally.people });
  if (seen && sample.past) put(board, "rounds", id, { rounds: sample.past });
  for (const [i, text] of (seen ? (sample.texts ?? []) : []).entries()) putText(board, id, i + 1, text, now);
  if (moment !== "open" && moment !== "draft" && sample.answer) put(mine, "answer", id, sample.answer);
  if (moment === "closed" && sample.poll.kind === "quiz") {
    put(board, "leaderboard", "_", leaderboard);
    put(board, "teams", "_", { names: ["Upstream", "المصب"] });
    put(mine, "player", "_", { name: "Amina", team: 1, offset: 201 });
  }
}

function putText(
  board: Board,
  poll: string,
  n: number,
  text: Pick<Text, "text" | "people" | "state">,
  now: number,
): void {
  if (text.state) return;
  board["text"] = { ...board["text"], [`${poll}.${n}`]: { poll, n, at: now, ...text } };
}

/** All polls as results.json tells of them. */
export function pollResults(): object[] {
  const one = (sample: Sample, id: string, survey?: string): object[] => {
    const { poll, tally, past, texts, questions = [] } = sample;
    const words = tally.words ?? texts?.map(({ text, people = 1, state }) => ({ text, people, state }));
    const options = poll.options?.map((o, i) => ({ ...o, count: tally.counts?.[i] ?? 0 }));
    const own = {
      id,
      state: "closed",
      results: "shown",
      at: 0,
      ...poll,
      ...tally,
      options,
      words,
      rounds: past,
      in: survey,
    };
    return [own, ...questions.flatMap((q, i) => one(q, `${id}-${i}`, id))];
  };
  return Object.entries(samples).flatMap(([kind, sample]) => one(sample, kind));
}
