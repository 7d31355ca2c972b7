"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const root = document.documentElement;
  const ja = () => root.lang === "ja";

  // ---------------------------------------------------------------- building: text only ever enters as text
  const el = (name, attributes = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else if (value === true) node.setAttribute(key, "");
      else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value);
    }
    node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
    return node;
  };
  const t = (j, e) => {
    if (j === e) return document.createTextNode(j);
    const both = document.createDocumentFragment();
    both.append(el("span", { class: "ja", lang: "ja" }, j), el("span", { class: "en", lang: "en" }, e));
    return both;
  };
  const words = (list, id) => {
    const known = Object.hasOwn(data.labels[list], id) ? data.labels[list][id] : null;
    return known ? [known.ja, known.en] : [id, id];
  };
  const label = (list, id) => t(...words(list, id));
  const short = (id) => {
    const [j, e] = words("subject_category", id);
    return t(j.replace(/に関する個人情報|（[^）]*）/g, "") || j, e);
  };
  const sentence = (number) => t(...data.sentences[number]);
  const badge = (verdict) =>
    el("span", { class: `badge v-${verdict}` }, el("i", { "aria-hidden": "true" }, words("mark", verdict)[0]), label("verdict", verdict));
  const svg = (name, attributes) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  };
  const sure = (share) => {
    const bar = svg("svg", { viewBox: "0 0 46 5", "aria-hidden": "true" });
    bar.append(svg("rect", { class: "track", width: 46, height: 5, rx: 2.5 }), svg("rect", { class: "fill", width: 46 * share, height: 5, rx: 2.5 }));
    return el("span", { class: "sure" }, bar, `${Math.round(share * 100)}%`);
  };
  const number = (value) => value.toLocaleString("en");
  const counted = (dataset, ja = "", en = "") => t(`${dataset.estimated ? "約 " : ""}${number(dataset.records)}${ja}`, `${dataset.estimated ? "about " : ""}${number(dataset.records)}${en}`);
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const terms = (text) => fold(text).split(/\s+/).filter(Boolean);
  const has = (text, wanted) => wanted.every((term) => text.includes(term));
  const detail = (title, ...content) => [el("h4", {}, title), ...content];
  const pairs = (rows) =>
    el("dl", { class: "pairs" }, rows.filter(([, value]) => value).flatMap(([key, value]) => [el("dt", {}, key), el("dd", {}, value)]));

  /** Details whose body is made when it is first opened. */
  const lazy = (attributes, summary, fill) => {
    const node = el("details", attributes, summary);
    let filled = false;
    node.fill = () => {
      if (!filled) node.append(...[fill()].flat());
      filled = true;
    };
    node.addEventListener("toggle", () => node.open && node.fill());
    if (node.open) node.fill();
    return node;
  };

  /** Show rows a few at a time. */
  const inPages = (rows, build, size) => {
    const box = el("div");
    let shown = 0;
    const more = el("button", { type: "button", class: "more" });
    const page = () => {
      more.remove();
      const first = shown;
      box.append(...rows.slice(shown, shown + size).map(build));
      shown = Math.min(rows.length, shown + size);
      if (shown < rows.length) {
        more.replaceChildren(t(`さらに表示（残り ${number(rows.length - shown)}）`, `Show more (${number(rows.length - shown)} left)`));
        box.append(more);
      }
      if (first) box.children[first].querySelector("summary")?.focus();
    };
    more.addEventListener("click", page);
    page();
    return box;
  };

  // ---------------------------------------------------------------- the data, joined
  const stores = new Map(data.stores.map(([id, name, owner, kind, country]) => [id, { id, name: name || id, owner, kind, country }]));
  const storeName = (id) => stores.get(id)?.name || id;
  const datasets = new Map(data.datasets.map((dataset) => [dataset.id, dataset]));
  const marks = (item) => (Object.hasOwn(data.marks, item) ? data.marks[item] : []);
  const fact = (id) => (Object.hasOwn(data.facts, id) ? data.facts[id] : null);
  for (const dataset of data.datasets) {
    dataset.impersonal = dataset.partitions.every((partition) => partition.category === "not_personal");
    dataset.personal = dataset.impersonal ? [] : dataset.columns.filter((column) => column[1] !== "not_personal");
    dataset.items = new Set(dataset.personal.flatMap((column) => [column[1], ...column[8].map(([item]) => item)]));
    dataset.categories = new Set(dataset.partitions.map((partition) => partition.category));
    dataset.title = dataset.label || dataset.name;
    dataset.sureness = Math.min(1, ...dataset.personal.map((column) => column[2]), ...dataset.partitions.map((partition) => partition.confidence));
    const all = [
      dataset.name, dataset.label, storeName(dataset.store), dataset.id,
      ...dataset.columns.map((column) => column[0]),
      ...[...dataset.items].flatMap((item) => words("data_category", item)),
      ...dataset.partitions.flatMap((partition) => [...words("subject", partition.subject), ...words("subject_category", partition.category), partition.rows]),
    ];
    dataset.text = fold(all.join("\n"));
    dataset.findings = 0;
    dataset.rulings = [];
  }
  for (const ruling of data.rulings) datasets.get(ruling.dataset_id)?.rulings.push(ruling);
  const rank = Object.keys(data.labels.verdict);
  const severities = Object.keys(data.labels.severity);
  /** Of a purpose's own sentence, whatever data it is named for. */
  const ofPolicy = (verdict) => !verdict.use && !verdict.column && !verdict.store;
  const isFinding = (verdict) => data.findings.includes(verdict);
  for (const verdict of data.verdicts) {
    const declared = fact(verdict.use), dataset = datasets.get(verdict.dataset_id);
    const column = verdict.column && dataset?.columns.find((one) => one[0] === verdict.column);
    verdict.item = column ? words("data_category", column[1]) : ["", ""];
    verdict.head = declared
      ? [words("use", declared.use), declared.to ? [` → ${declared.to}`, ` → ${declared.to}`] : ["", ""]]
      : verdict.column
        ? [[verdict.column, verdict.column], verdict.item.map((word) => word && `：${word}`)]
        : ofPolicy(verdict) ? [[verdict.purpose, verdict.purpose], [`（${verdict.clause}）`, ` (${verdict.clause})`]]
        : [words("subject_category", verdict.subject_category), ["", ""]];
    verdict.place = [storeName(verdict.store), dataset?.title || verdict.dataset].filter(Boolean).join(" › ");
    if (dataset && isFinding(verdict.verdict)) dataset.findings += 1;
    verdict.text = fold([
      ...verdict.head.flat(), verdict.place, verdict.dataset, verdict.row_filter, verdict.use, declared?.job || "", verdict.purpose,
      verdict.clause, ...verdict.law.flatMap((n) => data.sentences[n]), verdict.rule, verdict.requirement, verdict.id,
      ...words("subject_category", verdict.subject_category), ...words("verdict", verdict.verdict), ...verdict.why.flatMap((n) => data.sentences[n]),
    ].join("\n"));
  }

  // ---------------------------------------------------------------- findings
  /** A clause: where the policy is in another language, its reader's words first, then the sentence as published. */
  const clauseWords = (quote, own) => own && data.language !== "ja"
    ? [el("span", { class: "ja", lang: "ja" }, own), el("small", { class: "ja", lang: data.language }, el("br"), quote), el("span", { class: "en", lang: data.language }, quote)]
    : el("span", { lang: data.language }, quote);
  const pressed = new Set(data.findings);
  const byItself = (verdict) => !verdict.use && !verdict.column && !ofPolicy(verdict);
  /** What findings share that are shown as one: the columns of one table, the datasets of one store. */
  const shared = (verdict) => {
    const same = [verdict.verdict, verdict.severity, verdict.rule];
    if (verdict.column) return [...same, verdict.dataset_id, verdict.row_filter, verdict.subject_category, "columns"];
    if (byItself(verdict)) return [...same, verdict.store, "datasets"];
    return [verdict.id];
  };
  const together = (verdicts) => {
    const groups = new Map();
    for (const verdict of verdicts) {
      const key = JSON.stringify(shared(verdict));
      groups.set(key, [...(groups.get(key) || []), verdict]);
    }
    return [...groups.values()];
  };
  const each = (verdicts, of) => [...new Set(verdicts.flatMap(of))];
  const several = (verdicts) => {
    const names = each(verdicts, (one) => one.column || datasets.get(one.dataset_id)?.title || one.dataset);
    const [listed, more] = [names.slice(0, 3), names.length > 3];
    const [j, e] = verdicts[0].column ? ["列", "columns"] : ["表・ファイル", "datasets"];
    return t(`${listed.join("、")}${more ? " ほか" : ""}（${number(names.length)} ${j}）`, `${listed.join(", ")}${more ? " …" : ""} (${number(names.length)} ${e})`);
  };
  const member = (verdict) => el("div", { class: "member" },
    verdict.column ? [el("code", {}, verdict.column), t(...verdict.item)] : [
      el("span", {}, datasets.get(verdict.dataset_id)?.title || verdict.dataset),
      el("small", {}, short(verdict.subject_category)),
      verdict.row_filter ? el("code", {}, verdict.row_filter) : null,
      datasets.has(verdict.dataset_id) ? el("button", { type: "button", class: "link", onclick: () => reveal(verdict.dataset_id) }, t("見る", "see")) : null,
    ]);
  const findingBody = (verdicts) => {
    const [verdict] = verdicts;
    const alone = verdicts.length === 1;
    const reasons = each(verdicts, (one) => one.why);
    const declared = fact(verdict.use);
    const clauses = each(verdicts, (one) => one.clause.split(", ")).filter(Boolean);
    const quoted = clauses.filter((clause) => Object.hasOwn(data.clauses, clause));
    return el("div", { class: "detail" },
      reasons.length ? detail(t("こう判定した理由", "Why"), el("ul", { class: "why" }, reasons.map((n) => el("li", {}, sentence(n))))) : null,
      alone ? null : detail(verdict.column ? t("対象の列", "Columns") : t("対象の表・ファイル", "Datasets"), inPages(verdicts, member, 200)),
      clauses.length ? detail(t("方針の条項", "Clause of the policy"),
        quoted.length ? quoted.map((clause) => el("blockquote", { class: "clause" }, clauseWords(...data.clauses[clause]), el("cite", {}, clause)))
          : el("p", { class: "clause" }, clauses.join(", "))) : null,
      verdict.law.length ? detail(t("法令", "Law"), el("p", { class: "law" }, sentence(verdict.law[0]))) : null,
      verdict.next.length ? detail(t("次にすること", "What to do next"), el("p", { class: "next" }, sentence(verdict.next[0]))) : null,
      detail(t("対象", "About"), pairs([
        [t("本人の区分", "whose"), (alone || verdict.column) && label("subject_category", verdict.subject_category)],
        [t("データストア", "store"), storeName(verdict.store)],
        [t("表・ファイル", "dataset"), (alone || verdict.column) && verdict.dataset && el("code", {}, verdict.dataset)],
        [t("行の条件", "rows"), (alone || verdict.column) && verdict.row_filter && el("code", {}, verdict.row_filter)],
        [t("列", "column"), alone && verdict.column && el("code", {}, verdict.column)],
        [t("利用・提供", "use or provision"), verdict.use && el("span", {}, el("code", {}, verdict.use), declared?.job && declared.job !== verdict.use ? ` ${declared.job}` : "")],
        [t("行き先", "goes to"), declared?.to],
        [t("宣言された利用目的", "declared purpose"), verdict.purpose && el("code", {}, verdict.purpose)],
        [t("重さ", "severity"), label("severity", verdict.severity)],
        [t("規則", "rule"), el("code", {}, [verdict.requirement, verdict.rule].filter(Boolean).join(" · "))],
        ["ID", alone && el("code", {}, verdict.id)],
      ])),
      (alone || verdict.column) && datasets.has(verdict.dataset_id) ? el("button", { type: "button", class: "link", onclick: () => reveal(verdict.dataset_id) }, t("この表に何があるかを見る", "See what this dataset holds")) : null);
  };
  const findingNode = (verdicts) => {
    const [verdict] = verdicts;
    const alone = verdicts.length === 1;
    const leads = each(verdicts, (one) => one.lead);
    const whose = each(verdicts, (one) => one.subject_category).map((id, i) => [i ? t("、", ", ") : "", short(id)]);
    const place = alone || verdict.column ? [verdict.place, verdict.row_filter ? ` · ${verdict.row_filter}` : ""] : [storeName(verdict.store)];
    return lazy(
      { class: `finding v-${verdict.verdict}`, id: verdict.id },
      el("summary", {},
        badge(verdict.verdict),
        el("span", { class: "headline" }, alone ? verdict.head.map(([j, e]) => t(j, e)) : several(verdicts)),
        verdicts.some((one) => one.new) ? el("span", { class: "new" }, t("新規", "new")) : el("span"),
        leads.map((n) => el("span", { class: "reason" }, sentence(n))),
        el("span", { class: "where" }, place, " · ", whose)),
      () => findingBody(verdicts));
  };
  const order = {
    // what a whole store shares comes after what is wrong in one place, and what nobody declared last
    grave: (verdict) => {
      const whole = byItself(verdict);
      return [rank.indexOf(verdict.verdict), severities.indexOf(verdict.severity), whole ? 1 : 0, whole ? verdict.rule : "", verdict.place];
    },
    store: (verdict) => [verdict.place, rank.indexOf(verdict.verdict)],
    category: (verdict) => [verdict.subject_category, rank.indexOf(verdict.verdict), verdict.place],
    use: (verdict) => [verdict.head[0][0], rank.indexOf(verdict.verdict), verdict.place],
  };
  const sorted = (rows, key) => rows
    .map((row) => [key(row), row])
    .sort(([a], [b]) => {
      for (let i = 0; i < a.length; i += 1) {
        const difference = typeof a[i] === "string" ? a[i].localeCompare(b[i], "ja") : a[i] - b[i];
        if (difference) return difference;
      }
      return 0;
    })
    .map(([, row]) => row);
  const showFindings = () => {
    const wanted = terms($("finding-search").value);
    const rows = sorted(data.verdicts.filter((v) => pressed.has(v.verdict) && has(v.text, wanted)), order[$("finding-sort").value]);
    $("finding-count").replaceChildren(t(`${number(rows.length)} 件`, `${number(rows.length)} shown`));
    const nothing = data.verdicts.some((v) => isFinding(v.verdict))
      ? t("この条件に合うものはありません。", "Nothing matches.")
      : t("指摘はありません。", "There are no findings.");
    $("finding-list").replaceChildren(rows.length ? inPages(together(rows), findingNode, 50) : el("p", { class: "nothing" }, nothing));
  };
  for (const verdict of rank) {
    const count = data.verdicts.filter((one) => one.verdict === verdict).length;
    if (!count) continue;
    $("verdict-chips").append(el("button", {
      type: "button", class: `chip v-${verdict}`, "data-verdict": verdict, "aria-pressed": String(pressed.has(verdict)),
      onclick: (event) => {
        const chip = event.currentTarget;
        const on = chip.getAttribute("aria-pressed") !== "true";
        chip.setAttribute("aria-pressed", String(on));
        pressed[on ? "add" : "delete"](verdict);
        showFindings();
      },
    }, badge(verdict), el("b", {}, number(count))));
  }

  // ---------------------------------------------------------------- what is held
  const why = (numbers) => numbers.length
    ? el("details", { class: "whybox" }, el("summary", {}, t("根拠", "why"), ` ${numbers.length}`), el("ul", {}, numbers.map((n) => el("li", {}, sentence(n)))))
    : "–";
  const table = (heads, rows) => el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": ja() ? "表" : "table" },
    el("table", {}, el("thead", {}, el("tr", {}, heads.map(([j, e]) => el("th", {}, t(j, e))))), el("tbody", {}, rows)));
  const careTags = (item) => marks(item).map((mark) => el("span", { class: "tag care" }, {
    my_number: t("個人番号", "My Number"), special_care: t("要配慮", "special care"),
    id_code: t("個人識別符号", "identification code"), property_loss: t("財産的被害", "loss of property"),
  }[mark]));
  const columnRow = (dataset, column) => {
    const [name, item, confidence, prevalence, hits, n, evidence, alternatives, mentions] = column;
    const hit = held.data && (item === held.data || mentions.some(([one]) => one === held.data));
    return el("tr", { class: [item === "not_personal" ? "impersonal" : "", hit ? "hit" : ""].join(" ").trim() || null },
      el("td", {}, el("code", {}, name)),
      el("td", {}, label("data_category", item), " ", careTags(item),
        mentions.length ? el("div", { class: "small" }, t("文中：", "inside: "), mentions.map(([one, count], i) => [i ? ", " : "", label("data_category", one), ` ${number(count)}`])) : null,
        alternatives.length ? el("div", { class: "small" }, t("ほかの候補：", "or: "), alternatives.slice(0, 2).map(([one, share], i) => [i ? ", " : "", label("data_category", one), ` ${Math.round(share * 100)}%`])) : null),
      el("td", {}, sure(confidence)),
      el("td", { class: "number" }, !n ? t("名称のみ", "names only") : hits
        ? t(`${Math.round(prevalence * 100)}%・${number(hits)}/${number(n)} 種`, `${Math.round(prevalence * 100)}% · ${number(hits)} of ${number(n)}`)
        : t(`${number(n)} 種を確認`, `${number(n)} looked at`)),
      el("td", {}, why(evidence)));
  };
  const datasetBody = (dataset) => el("div", { class: "detail" },
    dataset.stale ? el("p", { class: "notice" }, t("最後の走査では読めませんでした。以下は前に読めたときの状態です。", "The last scan could not read this: what follows is its last known state.")) : null,
    detail(t("だれの情報か", "Whose it is"), table(
      [["行の条件", "rows"], ["本人の区分", "whose"], ["種類", "subject"], ["自社・受託", "custody"], ["性質", "nature"], ["確かさ", "confidence"], ["根拠", "why"]],
      dataset.partitions.map((one) => el("tr", {},
        el("td", {}, one.rows ? el("code", {}, one.rows) : t("すべての行", "all rows"), one.share < 1 ? el("div", { class: "small" }, `${Math.round(one.share * 100)}%`) : null),
        el("td", {}, short(one.category)), el("td", {}, label("subject", one.subject)), el("td", {}, label("custody", one.custody)),
        el("td", {}, label("nature", one.nature)), el("td", {}, sure(one.confidence)), el("td", {}, why(one.why)))))),
    detail(t("列", "Columns"), table(
      [["列", "column"], ["項目", "item"], ["確かさ", "confidence"], ["当てはまる率・値の種類", "prevalence, distinct"], ["根拠", "why"]],
      dataset.columns.map((column) => columnRow(dataset, column)))),
    dataset.uses.length ? detail(t("名称などから見える利用", "Uses its names show"), el("ul", { class: "why" }, dataset.uses.map(([use, confidence, numbers]) =>
      el("li", {}, label("use", use), ` ${Math.round(confidence * 100)}% `, numbers.map((n, i) => el("small", {}, i ? t("、", ", ") : "", sentence(n))))))) : null,
    dataset.flows.length ? detail(t("SQLから見える利用と流れ", "Uses and flows that SQL shows"), el("ul", { class: "why" }, dataset.flows.map((flow) =>
      el("li", {},
        flow.other.length ? [el("code", {}, `${flow.into ? "→" : "←"} ${flow.other[1]}`), flow.other[0] && flow.other[0] !== dataset.store ? ` ${storeName(flow.other[0])}` : ""] : null,
        flow.outlet ? [" → ", label("outlet", flow.outlet)] : null,
        flow.uses.map(([use, confidence]) => [" · ", label("use", use), ` ${Math.round(confidence * 100)}%`]),
        el("small", {}, " ", flow.places.map(([store, job, line], i) => [i ? "、" : "", `${storeName(store)} › ${job}`, line ? t(` ${line}行目`, `, line ${line}`) : ""]),
          flow.more ? t(` ほか${number(flow.more)}か所`, ` and ${number(flow.more)} more`) : ""))))) : null,
    dataset.rulings.length ? detail(t("人の判断", "What people ruled"), el("ul", { class: "why" }, dataset.rulings.map((one) => {
      const of = { column: "data_category", rows: "subject", use: one.says === "not_so" ? "ruling_says" : "use" }[one.about];
      const was = one.about === "use" ? "use" : of;
      return el("li", {},
        el("code", {}, one.item || t("すべての行", "all rows")), t("　機械：", " machine: "), one.machine ? label(was, one.machine) : "–", t(" → 人：", " → people: "), label(of, one.says),
        el("span", { class: one.state === "in_force" ? "tag kind" : "tag unsure" }, label("ruling", one.state)),
        el("small", {}, ` ${one.why}`, one.until ? t(`（${one.until} まで）`, ` (until ${one.until})`) : ""));
    }))) : null,
    dataset.links.length ? detail(t("結合", "Links"), el("ul", { class: "why" }, dataset.links.map((link) =>
      el("li", {}, el("code", {}, `${link[0]} → ${link[1]}.${link[2]}`))))) : null,
    pairs([
      ["ID", el("code", {}, dataset.id)],
      [t("契約", "contract"), dataset.contract && el("code", {}, dataset.contract)],
      [t("読んだ範囲", "how far it was read"), label("level", dataset.level)],
      [t("読んだ行", "rows read"), number(dataset.read)],
      [t("件数", "records"), dataset.records === null ? null : [counted(dataset), dataset.estimated
        ? t("（推定。数えてはいない）", " (an estimate: nobody counted)") : t("（数えた数）", " (counted)")]],
      [t("本人の数（推定）", "individuals (estimated)"), dataset.individuals === null ? null : number(dataset.individuals)],
      [t("読める人", "who may read it"), dataset.access.length ? dataset.access.map(([kind, name], i) => [i ? "、" : "", label("access", kind), name ? " " : "", name ? el("code", {}, name) : ""]) : null],
      [t("いちばん古い記録", "oldest record"), dataset.oldest && [dataset.oldest, t("（", " ("), el("code", {}, dataset.oldestColumn), t("）", ")")]],
      [t("見直しの承認", "review approved"), dataset.reviewed || null],
    ]),
    dataset.findings ? el("button", { type: "button", class: "link", onclick: () => findingsOf(dataset) }, t(`この表への指摘 ${dataset.findings} 件を見る`, `See its findings (${dataset.findings})`)) : null);
  const datasetNode = (dataset) => {
    const items = [...dataset.items].filter((item) => item !== "unresolved");
    const care = [...new Set(items.filter((item) => marks(item).length))];
    const rest = items.filter((item) => !care.includes(item));
    return lazy({ class: "dataset", id: dataset.id },
      el("summary", {},
        el("span", { class: "title" }, dataset.title, dataset.title === dataset.name ? null : el("code", {}, dataset.name)),
        el("span", { class: "right" },
          dataset.findings ? el("span", { class: "badge v-gap" }, t(`指摘 ${dataset.findings}`, `findings: ${dataset.findings}`)) : null,
          dataset.findings ? "　" : null,
          dataset.records === null ? (dataset.read ? t(`件数不明（${number(dataset.read)} 件以上）`, `number unknown (${number(dataset.read)} or more)`) : t("件数不明", "number unknown")) : counted(dataset, " 件", " records"),
          dataset.individuals === null ? null : t(`・約 ${number(dataset.individuals)} 人`, ` · about ${number(dataset.individuals)} individuals`)),
        el("span", { class: "tags" },
          [...dataset.categories].map((id) => el("span", { class: id === "not_personal" ? "tag" : id === "unresolved" ? "tag unsure" : "tag kind" }, short(id))),
          dataset.partitions.some((one) => one.custody === "entrusted") ? el("span", { class: "tag kind" }, t("預かり", "entrusted")) : null,
          dataset.stale ? el("span", { class: "tag unsure" }, t("今回は読めず", "not read this time")) : null,
          dataset.level === "metadata" ? el("span", { class: "tag unsure" }, label("level", dataset.level)) : null,
          care.map((item) => el("span", { class: "tag care" }, label("data_category", item))),
          rest.slice(0, 7).map((item) => el("span", { class: "tag" }, label("data_category", item))),
          rest.length > 7 ? el("span", { class: "tag plain" }, t(`ほか ${rest.length - 7} 項目`, `and ${rest.length - 7} more`)) : null)),
      () => datasetBody(dataset));
  };
  const held = { category: "", data: "" };
  const heldOrder = {
    name: (dataset) => [dataset.title], records: (dataset) => [-(dataset.records ?? dataset.read), dataset.title],
    columns: (dataset) => [-dataset.personal.length, dataset.title], unsure: (dataset) => [dataset.sureness, dataset.title],
  };
  const opened = new Set(data.datasets.length <= 300 ? stores.keys() : []);
  const showHeld = () => {
    held.category = $("held-category").value;
    held.data = $("held-data").value;
    const wanted = terms($("held-search").value);
    const filtered = Boolean(wanted.length || held.category || held.data);
    const rows = data.datasets.filter((one) =>
      (!$("held-personal").checked || !one.impersonal) && (!held.category || one.categories.has(held.category)) &&
      (!held.data || one.items.has(held.data)) && has(one.text, wanted));
    $("held-count").replaceChildren(t(`${number(data.datasets.length)} 件中 ${number(rows.length)} 件`, `${number(rows.length)} of ${number(data.datasets.length)}`));
    const byStore = Map.groupBy ? Map.groupBy(rows, (one) => one.store) : rows.reduce((map, one) => map.set(one.store, [...(map.get(one.store) || []), one]), new Map());
    const nodes = [...byStore].map(([id, held]) => {
      const store = stores.get(id) || { id, name: id, owner: "", kind: "", country: "" };
      const node = lazy({ class: "store", "data-store": id, open: opened.has(id) || (filtered && rows.length <= 300) },
        el("summary", {}, el("span", { class: "title" }, store.name),
          el("small", {}, label("store_kind", store.kind), store.country && store.country !== "JP" ? ` · ${store.country}` : "", store.owner ? [" · ", store.owner] : []),
          el("small", {}, t(`${number(held.length)} 件`, `${number(held.length)} datasets`))),
        () => inPages(sorted(held, heldOrder[$("held-sort").value]), datasetNode, 100));
      node.addEventListener("toggle", () => { if (!filtered) opened[node.open ? "add" : "delete"](id); });
      return node;
    });
    $("held-list").replaceChildren(...(nodes.length ? nodes : [el("p", { class: "nothing" }, t("この条件に合う表はありません。", "No dataset matches."))]));
  };
  const go = (node) => {
    node.scrollIntoView({ block: "start" });
    (node.querySelector("summary") || node).focus({ preventScroll: true });
  };
  const filterHeld = (search, category, item) => {
    $("held-search").value = search;
    $("held-category").value = category;
    $("held-data").value = item;
    showHeld();
  };
  const reveal = (id) => {
    $("held-personal").checked = false;
    filterHeld(id, "", "");
    const node = document.getElementById(id);
    node.open = true;
    node.fill();
    go(node);
  };
  const findingsOf = (dataset) => {
    $("finding-search").value = dataset.name;
    showFindings();
    go($("findings"));
  };
  for (const button of document.querySelectorAll("[data-reveal]")) button.addEventListener("click", () => reveal(button.dataset.reveal));
  for (const button of document.querySelectorAll(".matrix button")) {
    button.addEventListener("click", () => {
      filterHeld("", button.dataset.category, button.dataset.item);
      go($("held"));
    });
  }

  // ---------------------------------------------------------------- language: words of controls follow the switch
  const options = (select, list, ids) => {
    const keep = select.value;
    const any = ja() ? "すべて" : "any";
    select.replaceChildren(el("option", { value: "" }, any), ...ids.map((id) => el("option", { value: id }, words(list, id)[ja() ? 0 : 1])));
    select.value = keep;
  };
  const items = Object.keys(data.labels.data_category).filter((item) => data.datasets.some((one) => one.items.has(item)));
  const speak = (language) => {
    root.lang = language;
    for (const node of document.querySelectorAll("[data-ja]")) {
      const text = node.dataset[language];
      if (node.tagName === "OPTION") node.textContent = text;
      else {
        node.placeholder = text;
        node.setAttribute("aria-label", text);
      }
    }
    options($("held-category"), "subject_category", Object.keys(data.labels.subject_category));
    options($("held-data"), "data_category", items);
  };
  const remembered = () => {
    try {
      return localStorage.getItem("daicho-language");
    } catch {
      return null;
    }
  };
  $("language").addEventListener("click", () => {
    speak(ja() ? "en" : "ja");
    try {
      localStorage.setItem("daicho-language", root.lang);
    } catch { /* a browser that keeps nothing: the choice lasts as long as the page */ }
  });
  speak(["ja", "en"].includes(remembered()) ? remembered() : root.lang);

  const soon = (list, show) => {
    let waiting;
    return () => {
      clearTimeout(waiting);
      $(list).setAttribute("aria-busy", "true");
      waiting = setTimeout(() => {
        show();
        $(list).removeAttribute("aria-busy");
      }, 120);
    };
  };
  $("finding-search").addEventListener("input", soon("finding-list", showFindings));
  $("finding-sort").addEventListener("change", showFindings);
  $("held-search").addEventListener("input", soon("held-list", showHeld));
  for (const id of ["held-category", "held-data", "held-sort", "held-personal"]) $(id).addEventListener("change", showHeld);
  addEventListener("beforeprint", () => {
    for (const node of document.querySelectorAll("details.finding, details.purpose:not(.nil), details.question:not(.nil)")) {
      node.open = true;
      node.fill?.();
    }
  });
  showFindings();
  showHeld();

  // ---------------------------------------------------------------- where we are
  const links = new Map([...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]));
  const inSight = new Set();
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) inSight[entry.isIntersecting ? "add" : "delete"](entry.target.id);
    const here = [...links.keys()].find((id) => inSight.has(id));
    for (const [id, link] of links) if (here) link.classList.toggle("here", id === here);
  }, { rootMargin: "-12% 0px -80% 0px" });
  for (const section of document.querySelectorAll("main > section")) seen.observe(section);
  const wanted = decodeURIComponent(location.hash.slice(1));
  const card = together(data.verdicts).find((verdicts) => verdicts.some((one) => one.id === wanted));
  const linked = wanted && (document.getElementById(card?.find((one) => document.getElementById(one.id))?.id || wanted));
  if (linked && linked.tagName === "DETAILS") {
    linked.open = true;
    go(linked);
  }
})();
