import { expect, test } from "vitest";
import { catalogues, english, forms } from "./all.ts";

/** One word for one thing, and the word that people of each language expect at a conference. */
const glossary: { term: RegExp; ar: RegExp; zh: RegExp; fr: RegExp; ru: RegExp; es: RegExp }[] = [
  { term: /\bmoderators?\b/i, ar: /مشرف/, zh: /主持人/, fr: /modérat/i, ru: /модератор/i, es: /modera/i },
  { term: /\borganisers?\b/i, ar: /منظم/, zh: /主办方/, fr: /organisateur/i, ru: /организатор/i, es: /organiza/i },
  { term: /\bsessions?\b/i, ar: /جلس/, zh: /场次/, fr: /session/i, ru: /сесси/i, es: /sesi/i },
  { term: /\bconference\b/i, ar: /مؤتمر/, zh: /大会/, fr: /conférence/i, ru: /конференц/i, es: /conferencia/i },
  { term: /\brooms?\b/i, ar: /قاع/, zh: /会场/, fr: /salle/i, ru: /зал/i, es: /sala/i },
  { term: /\bprogramme\b/i, ar: /برنامج/, zh: /日程/, fr: /programme/i, ru: /программ/i, es: /programa/i },
  { term: /\bquestions?\b/i, ar: /سؤال|أسئل/, zh: /问题|提问|题目/, fr: /question/i, ru: /вопрос/i, es: /pregunta/i },
  { term: /\bvotes?\b/i, ar: /صو[تّ]|أصوات|تصويت/, zh: /赞|投票/, fr: /vot/i, ru: /голос/i, es: /vot/i },
  { term: /\bpolls?\b/i, ar: /استطلاع/, zh: /投票/, fr: /sondage/i, ru: /опрос/i, es: /encuesta/i },
  { term: /\bboards?\b/i, ar: /لوح/, zh: /互动区/, fr: /espace/i, ru: /доск/i, es: /espacio/i },
  { term: /\bannouncement\b/i, ar: /إعلان/, zh: /公告/, fr: /annonce/i, ru: /объявлени/i, es: /aviso/i },
  { term: /\bscreens?\b/i, ar: /شاش/, zh: /大屏幕/, fr: /écran/i, ru: /экран/i, es: /pantalla/i },
  {
    term: /\baccess link/i,
    ar: /ر(اب|واب)ط (ال)?دخول/,
    zh: /访问链接/,
    fr: /lien.? d’accès/i,
    ru: /ссыл.{1,3} доступа/i,
    es: /enlaces? de acceso/i,
  },
  {
    term: /\bjoin code/i,
    ar: /رمز الانضمام/,
    zh: /加入代码/,
    fr: /code de participation/i,
    ru: /код входа/i,
    es: /código de participación/i,
  },
  { term: /\bhub\b/i, ar: /خادم/, zh: /服务器/, fr: /serveur/i, ru: /сервер/i, es: /servidor/i },
];

const plain = (s: string): string => s.replace(/\{\w+\}/g, "");

test.each(glossary)("$term is the same word everywhere", ({ term, ...words }) => {
  const keys = Object.keys(english).filter((key) => forms(english[key] ?? "").some(([, s]) => term.test(plain(s))));
  expect(keys.length).toBeGreaterThan(0);
  const amiss = Object.entries(words).flatMap(([language, word]) =>
    keys
      .flatMap((key) => forms(catalogues[language]?.[key] ?? "").map(([, s]) => ({ key, s })))
      .filter(({ s }) => !word.test(s))
      .map(({ key, s }) => `${language} ${key}: ${s}`),
  );
  expect(amiss).toEqual([]);
});
